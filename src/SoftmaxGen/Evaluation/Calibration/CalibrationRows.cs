using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>The scores that a model gives to rows whose labels are known, for a calibration of them. Rows of weight 0 are left out.</summary>
internal sealed class CalibrationRows
{
    private readonly double[] _scores;

    private CalibrationRows(ModelShape shape, int capacity, string parameterName)
    {
        Shape = shape;
        _scores = new double[Guard.TotalLength(capacity, shape.Classes, parameterName)];
        ClassIndices = new int[capacity];
        Weights = new double[capacity];
    }

    /// <summary>Gets the shape of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the number of rows, at least 1.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the classes of the rows; only the first <see cref="Count"/> are used.</summary>
    public int[] ClassIndices { get; }

    /// <summary>Gets the weights of the rows, positive; only the first <see cref="Count"/> are used.</summary>
    public double[] Weights { get; }

    /// <summary>Gets the sum of the weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Lets a model compute the scores of rows.</summary>
    /// <exception cref="ArgumentException">The scores of a row overflow.</exception>
    public static CalibrationRows Create<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var result = new CalibrationRows(shape, rows.Count, rows.RowsName);
        var typed = new T[shape.Classes];
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = rows.Weight(row);
            if (weight > 0)
            {
                Span<double> scores = result._scores.AsSpan(result.Count * shape.Classes, shape.Classes);
                EvaluationExtensions.Scores(model, rows, row, typed, scores);
                EvaluationExtensions.RequireFinite(LargestDistance(scores), row, rows.RowsName);
                result.ClassIndices[result.Count] = shape.IndexOf(rows.Labels[row]);
                result.Weights[result.Count] = weight;
                result.TotalWeight += weight;
                result.Count++;
            }
        }

        RowWeightRules.RequireTotal(result.TotalWeight, "rowWeights");
        return result;
    }

    /// <summary>Gets the scores of a row.</summary>
    public ReadOnlySpan<double> Scores(int row) => _scores.AsSpan(row * Shape.Classes, Shape.Classes);

    /// <summary>Finds the weight of the rows of each class.</summary>
    public double[] ClassTotals()
    {
        double[] totals = new double[Shape.Classes];
        for (int row = 0; row < Count; row++)
        {
            totals[ClassIndices[row]] += Weights[row];
        }

        return totals;
    }

    private static double LargestDistance(ReadOnlySpan<double> scores)
    {
        double smallest = scores[0];
        double largest = scores[0];
        foreach (double score in scores)
        {
            smallest = Math.Min(smallest, score);
            largest = Math.Max(largest, score);
        }

        return largest - smallest;
    }
}
