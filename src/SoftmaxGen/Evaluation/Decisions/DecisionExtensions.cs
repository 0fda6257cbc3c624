using System.Buffers;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Decisions other than for the most probable class: by a threshold of two classes, or by expected costs. Nothing is allocated. Thread-safe.
/// </summary>
/// <remarks>
/// Probabilities are those of <see cref="ISoftmaxPredictor{T}.PredictProbabilities"/>, for batches too, so that a row gets the same label alone
/// and among others. Labels are numbers here; <see cref="TypedDecisionExtensions"/> has the same for labels of an enum and rows of a program's own type.
/// </remarks>
public static class DecisionExtensions
{
    /// <summary>More probabilities than these are rented.</summary>
    private const int MostOnStack = 128;

    /// <summary>Predicts the positive of two classes where its probability is at least a threshold, and the other where it is not.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="threshold">
    /// The probability from which on the row is positive, from 0, where every row is, to 1; or +∞, where none is. A probability that is exactly the
    /// threshold is positive, while <see cref="ISoftmaxPredictor{T}.Predict"/> gives a tie to the class that comes first. A probability that is NaN is not
    /// positive.
    /// </param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    /// <example>
    /// <code>
    /// int label = model.PredictWith(row, threshold: 0.2);
    /// </code>
    /// </example>
    public static int PredictWith<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, double threshold, int? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int positive = RequireThreshold(model, threshold, positiveLabel);
        return Decide(model, features, threshold, positive);
    }

    /// <summary>Predicts the positive of two classes for each row where its probability is at least a threshold, and the other elsewhere.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="threshold">The probability from which on a row is positive, from 0 to 1; or +∞, where none is.</param>
    /// <param name="labels">Receives the <c>n</c> labels.</param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, double threshold, Span<int> labels, int? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int positive = RequireThreshold(model, threshold, positiveLabel);
        RequireRows<TModel, T>(rows, labels.Length);
        DecideAll(model, rows, threshold, positive, labels);
    }

    /// <summary>Predicts the class whose expected cost is the least, <c>argmin_k sum_j P(Y=j|x) c_jk</c>. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="costs">The costs of taking each class for each other.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public static int PredictWith<TModel, T>(this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, CostMatrix costs)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PredictWith(model, features, costs, out _);

    /// <summary>Predicts the class whose expected cost is the least, and tells the cost. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="costs">The costs of taking each class for each other.</param>
    /// <param name="expectedCost">The expected cost of the decision.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public static int PredictWith<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, CostMatrix costs, out double expectedCost)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(TModel.Shape.Classes, nameof(costs));
        Guard.Length(features.Length, TModel.Shape.Features, nameof(features));
        Span<int> label = stackalloc int[1];
        int row = 0;
        expectedCost = DecideAll(model, features, costs, label, ref row);
        return label[0];
    }

    /// <summary>Predicts for each row the class whose expected cost is the least. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="costs">The costs of taking each class for each other.</param>
    /// <param name="labels">Receives the <c>n</c> labels.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T>(this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, CostMatrix costs, Span<int> labels)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(TModel.Shape.Classes, nameof(costs));
        RequireRows<TModel, T>(rows, labels.Length);
        DecideAll(model, rows, costs, labels);
    }

    /// <summary>Checks what a decision by a threshold is asked for.</summary>
    internal static int RequireThreshold<TModel, T>(ISoftmaxModel<TModel, T> model, double threshold, int? positiveLabel)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, "a threshold decides between two. A CostMatrix decides among more.");
        if (!double.IsPositiveInfinity(threshold))
        {
            Guard.Probability(threshold, nameof(threshold));
        }

        return ClassProbabilities.IndexOf(TModel.Shape, positiveLabel);
    }

    /// <summary>Checks the lengths of a batch.</summary>
    internal static void RequireRows<TModel, T>(ReadOnlySpan<T> rows, int labels)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Guard.Length(labels, Guard.WholeRows(rows.Length, TModel.Shape.Features, nameof(rows)), nameof(labels));

    /// <summary>Decides for each row by a threshold.</summary>
    internal static void DecideAll<TModel, T, TLabel>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, double threshold, int positive, Span<TLabel> labels, int firstRow = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged
    {
        int features = TModel.Shape.Features;
        int row = 0;
        try
        {
            for (; row < labels.Length; row++)
            {
                labels[row] = LabelNumber.To<TLabel>(Decide(model, rows.Slice(row * features, features), threshold, positive));
            }
        }
        catch (ArgumentException refused)
        {
            throw Refused<TModel, T>(rows, row, firstRow, refused);
        }
    }

    /// <summary>Decides for each row by costs.</summary>
    internal static void DecideAll<TModel, T, TLabel>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, CostMatrix costs, Span<TLabel> labels, int firstRow = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged
    {
        int row = 0;
        try
        {
            DecideAll(model, rows, costs, labels, ref row);
        }
        catch (ArgumentException refused)
        {
            throw Refused<TModel, T>(rows, row, firstRow, refused);
        }
    }

    // Lengths have been checked. The model knows its argument by another name and one row only.
    private static ArgumentException Refused<TModel, T>(ReadOnlySpan<T> rows, int row, int firstRow, ArgumentException refused)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = TModel.Shape.Features;
        Guard.FiniteRows(rows.Slice(row * features, features), TModel.Shape, nameof(rows), firstRow + row);
        return EvaluationExtensions.Overflow(firstRow + row, nameof(rows), refused);
    }

    private static int Decide<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, double threshold, int positive)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> probabilities = stackalloc T[2];
        model.PredictProbabilities(features, probabilities);
        return TModel.Shape.Label(double.CreateTruncating(probabilities[positive]) >= threshold ? positive : 1 - positive);
    }

    /// <summary>Decides row by row.</summary>
    /// <returns>The expected cost of the last decision.</returns>
    private static double DecideAll<TModel, T, TLabel>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, CostMatrix costs, Span<TLabel> labels, ref int row)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged
    {
        ModelShape shape = TModel.Shape;
        T[]? rentedTyped = null;
        double[]? rented = null;
        Span<T> typed = shape.Classes <= MostOnStack ? stackalloc T[shape.Classes] : (rentedTyped = ArrayPool<T>.Shared.Rent(shape.Classes));
        Span<double> probabilities = shape.Classes <= MostOnStack ? stackalloc double[shape.Classes] : (rented = ArrayPool<double>.Shared.Rent(shape.Classes));
        typed = typed[..shape.Classes];
        probabilities = probabilities[..shape.Classes];
        double expectedCost = 0;
        for (; row < labels.Length; row++)
        {
            model.PredictProbabilities(rows.Slice(row * shape.Features, shape.Features), typed);
            Precision.Widen(typed, probabilities);
            labels[row] = LabelNumber.To<TLabel>(shape.Label(costs.Decide(probabilities, out expectedCost)));
        }

        if (rentedTyped is not null && rented is not null)
        {
            ArrayPool<T>.Shared.Return(rentedTyped);
            ArrayPool<double>.Shared.Return(rented);
        }

        return expectedCost;
    }
}
