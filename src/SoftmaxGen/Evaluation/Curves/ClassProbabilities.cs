using System.Globalization;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// The probabilities that a model gives to rows whose labels are known. Each row is predicted by itself, as <see cref="DecisionExtensions"/> does: a
/// batch may round the last bit another way, and a threshold is compared with that very number.
/// </summary>
internal sealed class ClassProbabilities
{
    private readonly ModelShape _shape;
    private readonly double[] _probabilities;
    private readonly int[] _classIndices;
    private readonly double[]? _rowWeights;

    private ClassProbabilities(ModelShape shape, double[] probabilities, int[] classIndices, double[]? rowWeights)
    {
        _shape = shape;
        _probabilities = probabilities;
        _classIndices = classIndices;
        _rowWeights = rowWeights;
    }

    /// <summary>Lets a model predict rows.</summary>
    /// <exception cref="ArgumentException">The scores of a row overflow.</exception>
    public static ClassProbabilities Create<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        double[] probabilities = new double[Guard.TotalLength(rows.Count, shape.Classes, rows.RowsName)];
        int[] classIndices = new int[rows.Count];
        var typed = new T[shape.Classes];
        for (int row = 0; row < rows.Count; row++)
        {
            try
            {
                model.PredictProbabilities(rows.Rows.Slice(row * shape.Features, shape.Features), typed);
            }
            catch (ArgumentException overflow)
            {
                // Lengths and features have been checked. The model knows its argument by another name and one row only.
                throw EvaluationExtensions.Overflow(row, rows.RowsName, overflow);
            }

            Precision.Widen(typed, probabilities.AsSpan(row * shape.Classes, shape.Classes));
            classIndices[row] = shape.IndexOf(rows.Labels[row]);
        }

        return new ClassProbabilities(shape, probabilities, classIndices, rows.Weights.IsEmpty ? null : Precision.Widen(rows.Weights));
    }

    /// <summary>Lets a model predict rows, and looks at one class against all others; see the other method of this name.</summary>
    public static ScoreSteps Against<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows, int? positiveLabel, bool byRest)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int positive = IndexOf(TModel.Shape, positiveLabel);
        return Create(model, rows).Against(positive, byRest);
    }

    /// <summary>Finds the class that is to be positive.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="positiveLabel">Its label; null for the second of two classes.</param>
    /// <exception cref="ArgumentNullException">There is no label, and the model has more than two classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is out of range.</exception>
    public static int IndexOf(ModelShape shape, int? positiveLabel)
    {
        if (positiveLabel is not int label)
        {
            return shape.Classes == 2
                ? 1
                : throw new ArgumentNullException(
                    nameof(positiveLabel),
                    string.Create(CultureInfo.InvariantCulture, $"The model has {shape.Classes} classes: say by its label which one is positive."));
        }

        int index = shape.IndexOf(label);
        return index >= 0
            ? index
            : throw Refusal.OutOfRange(nameof(positiveLabel), label, $"The label is {label}; {shape.LabelsText}.");
    }

    /// <summary>Looks at one class against all others.</summary>
    /// <param name="positive">The index of the class.</param>
    /// <param name="byRest">Whether probabilities that are the same number near 1 are told apart by those of the other classes.</param>
    /// <returns>The rows: positive are those of the class, by the probability of the class.</returns>
    public ScoreSteps Against(int positive, bool byRest)
    {
        var rows = new ScoredRow[_classIndices.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<double> probabilities = _probabilities.AsSpan(row * _shape.Classes, _shape.Classes);
            double rest = 0;
            for (int j = 0; byRest && j < probabilities.Length; j++)
            {
                rest += j == positive ? 0 : probabilities[j];
            }

            rows[row] = new ScoredRow(probabilities[positive], rest, _classIndices[row] == positive, _rowWeights?[row] ?? 1);
        }

        return ScoreSteps.Create(rows, $"of the class {ClassTitle.Of(_shape, positive)}, the positive one");
    }

    /// <summary>Finds the weight of the rows of each class.</summary>
    public double[] ClassTotals()
    {
        double[] totals = new double[_shape.Classes];
        for (int row = 0; row < _classIndices.Length; row++)
        {
            totals[_classIndices[row]] += _rowWeights?[row] ?? 1;
        }

        return totals;
    }
}
