namespace SoftmaxGen.Online;

/// <summary>
/// The diagonal of the curvature, for shapes whose matrix would be too large. <c>diag(p) - p p^T</c> is at most <c>2 diag(p_j (1 - p_j))</c>, the variance of
/// numbers being at most twice their mean square weighed so; for two classes, whose rows move against each other, the two are equal.
/// </summary>
internal sealed class DiagonalCurvature : Curvature
{
    private const double Bound = 2;

    private readonly int _columns;
    private readonly double[] _curvatures;

    public DiagonalCurvature(int classes, int columns)
    {
        _columns = columns;
        _curvatures = new double[classes * columns];
        _curvatures.AsSpan().Fill(double.PositiveInfinity);
    }

    public override void Free(int column, Evidence evidence)
    {
        for (int j = 0; j < evidence.Classes; j++)
        {
            _curvatures[(j * _columns) + column] = Bound * evidence.Curvature(j);
        }
    }

    public override void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> probabilities, double rowWeight)
    {
        for (int j = 0; j < probabilities.Length; j++)
        {
            double curvature = Bound * rowWeight * probabilities[j] * (1 - probabilities[j]);
            Span<double> curvatures = _curvatures.AsSpan(j * _columns, _columns);
            for (int k = 0; k < curvatures.Length; k++)
            {
                curvatures[k] += curvature * row[k] * row[k];
            }
        }
    }

    public override void Step(ReadOnlySpan<double> row, ReadOnlySpan<double> residuals, Span<double> step)
    {
        for (int j = 0; j < residuals.Length; j++)
        {
            ReadOnlySpan<double> curvatures = _curvatures.AsSpan(j * _columns, _columns);
            Span<double> target = step.Slice(j * _columns, _columns);
            double residual = residuals[j];
            for (int k = 0; k < target.Length; k++)
            {
                target[k] = -residual * row[k] / curvatures[k];
            }
        }
    }

    public override void Exchange(IStateExchange state) => state.Numbers(_curvatures);
}
