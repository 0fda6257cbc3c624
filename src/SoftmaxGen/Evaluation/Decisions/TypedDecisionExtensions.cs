using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// The decisions of <see cref="DecisionExtensions"/> for models whose labels are an enum, and for rows of a program's own type. They are the same
/// decisions; nothing is allocated. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// Species species = model.PredictWith(flower, costs);
/// </code>
/// </example>
public static class TypedDecisionExtensions
{
    /// <summary>Predicts the positive of two classes where its probability is at least a threshold, and the other where it is not.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="threshold">The probability from which on the row is positive, from 0 to 1; or +∞, where none is.</param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public static TLabel PredictWith<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T, TLabel> model, ReadOnlySpan<T> features, double threshold, TLabel? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum =>
        LabelNumber.To<TLabel>(DecisionExtensions.PredictWith<TModel, T>(model, features, threshold, Number<TModel, T, TLabel>(positiveLabel)));

    /// <summary>Predicts the positive of two classes where its probability is at least a threshold, and the other where it is not.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: its members are the features.</param>
    /// <param name="threshold">The probability from which on the row is positive, from 0 to 1; or +∞, where none is.</param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or the row is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, a feature is not finite, or a score overflows.
    /// </exception>
    /// <example>
    /// <code>
    /// Outcome outcome = model.PredictWith(patient, threshold: 0.2, positiveLabel: Outcome.Ill);
    /// </code>
    /// </example>
    public static TLabel PredictWith<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, in TRow features, double threshold, TLabel? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        return PredictWith<TModel, T, TLabel>(model, room.Read(in features, nameof(features)), threshold, positiveLabel);
    }

    /// <summary>Predicts the positive of two classes for each row where its probability is at least a threshold, and the other elsewhere.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="threshold">The probability from which on a row is positive, from 0 to 1; or +∞, where none is.</param>
    /// <param name="labels">Receives the label of each row.</param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T, TLabel> model, ReadOnlySpan<T> rows, double threshold, Span<TLabel> labels, TLabel? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        int positive = DecisionExtensions.RequireThreshold<TModel, T>(model, threshold, Number<TModel, T, TLabel>(positiveLabel));
        DecisionExtensions.RequireRows<TModel, T>(rows, labels.Length);
        DecisionExtensions.DecideAll<TModel, T, TLabel>(model, rows, threshold, positive, labels);
    }

    /// <summary>Predicts the positive of two classes for each row where its probability is at least a threshold, and the other elsewhere.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="threshold">The probability from which on a row is positive, from 0 to 1; or +∞, where none is.</param>
    /// <param name="labels">Receives the label of each row.</param>
    /// <param name="positiveLabel">The label of the positive class; null for the second class.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or a row is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> or <paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, ReadOnlySpan<TRow> rows, double threshold, Span<TLabel> labels, TLabel? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        int positive = DecisionExtensions.RequireThreshold<TModel, T>(model, threshold, Number<TModel, T, TLabel>(positiveLabel));
        Guard.Length(labels.Length, rows.Length, nameof(labels));
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        for (int row = 0; row < rows.Length; row++)
        {
            RequireRow(in rows[row], row, nameof(rows));
            DecisionExtensions.DecideAll<TModel, T, TLabel>(
                model, room.Read(in rows[row], nameof(rows)), threshold, positive, labels.Slice(row, 1), firstRow: row);
        }
    }

    /// <summary>Predicts the class whose expected cost is the least, <c>argmin_k sum_j P(Y=j|x) c_jk</c>. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public static TLabel PredictWith<TModel, T, TLabel>(this ISoftmaxModel<TModel, T, TLabel> model, ReadOnlySpan<T> features, CostMatrix costs)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum => PredictWith(model, features, costs, out _);

    /// <summary>Predicts the class whose expected cost is the least, and tells the cost. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <param name="expectedCost">The expected cost of the decision.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public static TLabel PredictWith<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T, TLabel> model, ReadOnlySpan<T> features, CostMatrix costs, out double expectedCost)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum =>
        LabelNumber.To<TLabel>(DecisionExtensions.PredictWith<TModel, T>(model, features, costs, out expectedCost));

    /// <summary>Predicts the class whose expected cost is the least, <c>argmin_k sum_j P(Y=j|x) c_jk</c>. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: its members are the features.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/>, the row or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, a feature is not finite, or a score overflows.
    /// </exception>
    public static TLabel PredictWith<TModel, T, TLabel, TRow>(this ISoftmaxModel<TModel, T, TLabel, TRow> model, in TRow features, CostMatrix costs)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum => PredictWith(model, in features, costs, out _);

    /// <summary>Predicts the class whose expected cost is the least, and tells the cost. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="features">The row: its members are the features.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <param name="expectedCost">The expected cost of the decision.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/>, the row or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, a feature is not finite, or a score overflows.
    /// </exception>
    public static TLabel PredictWith<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, in TRow features, CostMatrix costs, out double expectedCost)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        return PredictWith<TModel, T, TLabel>(model, room.Read(in features, nameof(features)), costs, out expectedCost);
    }

    /// <summary>Predicts for each row the class whose expected cost is the least. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <param name="labels">Receives the label of each row.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T, TLabel> model, ReadOnlySpan<T> rows, CostMatrix costs, Span<TLabel> labels)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(TModel.Shape.Classes, nameof(costs));
        DecisionExtensions.RequireRows<TModel, T>(rows, labels.Length);
        DecisionExtensions.DecideAll<TModel, T, TLabel>(model, rows, costs, labels);
    }

    /// <summary>Predicts for each row the class whose expected cost is the least. Ties go to the class that comes first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">The model. Its probabilities should be right: see <see cref="PriorCorrection"/>, <see cref="VectorScaling"/>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="costs">The costs of taking each class for each other, in the order of the classes: that of the values of the enum.</param>
    /// <param name="labels">Receives the label of each row.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/>, a row or <paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The costs are of another number of classes, the lengths do not fit, a feature is not finite, or a score overflows.
    /// </exception>
    public static void PredictBatchWith<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, ReadOnlySpan<TRow> rows, CostMatrix costs, Span<TLabel> labels)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(TModel.Shape.Classes, nameof(costs));
        Guard.Length(labels.Length, rows.Length, nameof(labels));
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        for (int row = 0; row < rows.Length; row++)
        {
            RequireRow(in rows[row], row, nameof(rows));
            DecisionExtensions.DecideAll<TModel, T, TLabel>(
                model, room.Read(in rows[row], nameof(rows)), costs, labels.Slice(row, 1), firstRow: row);
        }
    }

    private static int? Number<TModel, T, TLabel>(TLabel? positiveLabel)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum =>
        positiveLabel is { } label ? LabelNumber.Of(label, TModel.Shape, nameof(positiveLabel)) : null;

    private static void RequireRow<TRow>(in TRow row, int index, string parameterName)
    {
        if (row is null)
        {
            Guard.RowNotNull(row: null, index, parameterName);
        }
    }
}
