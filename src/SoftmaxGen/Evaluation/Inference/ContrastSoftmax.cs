using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>The probabilities of one row at a time, from the contrasts of the classes with the first, and what derivatives need of them.</summary>
internal sealed class ContrastSoftmax(int classes)
{
    private readonly double[] _scores = new double[classes];
    private readonly double[] _probabilities = new double[classes];
    private readonly double[] _others = new double[classes];
    private readonly double[] _residuals = new double[classes];

    /// <summary>Gets <c>P(Y=j|x) - q_j</c>, where the target <c>q_j</c> of a hard label is <c>[j == y]</c>.</summary>
    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>Evaluates a row.</summary>
    /// <param name="point">The contrasts, <c>(C-1) x (m+1)</c>, row-major; the scores of the first class are 0.</param>
    /// <param name="row">The row, its features centred and scaled.</param>
    /// <returns>Its loss, <c>logsumexp(S) - sum_j q_j S_j</c>.</returns>
    public double Evaluate(ReadOnlySpan<double> point, TrainingRow row)
    {
        _scores[0] = 0;
        ScalarSoftmax.Scores(point, row.Columns, _scores.AsSpan(1));
        VectorAlgebra.AddScaled(1, row.Offsets, _scores);
        (double largest, double sum) = ScalarSoftmax.Exponentiate(_scores, _probabilities);
        foreach (ref double score in _scores.AsSpan())
        {
            score -= largest;
        }

        VectorAlgebra.Scale(1 / sum, _probabilities, _probabilities);
        for (int j = 0; j < classes; j++)
        {
            _others[j] = ScalarSoftmax.Others(_probabilities, j);
        }

        return Math.Log(sum) - (row.Targets.IsEmpty ? AtLabel(row.ClassIndex) : AtTargets(row.Targets));
    }

    /// <summary>Gets the second derivative of the loss by the scores of two classes, <c>P_j ([j == l] - P_l)</c>.</summary>
    public double Curvature(int j, int l) => _probabilities[j] * (j == l ? _others[j] : -_probabilities[l]);

    private double AtLabel(int y)
    {
        _probabilities.CopyTo(_residuals, 0);
        _residuals[y] = -_others[y];
        return _scores[y];
    }

    private double AtTargets(ReadOnlySpan<double> targets)
    {
        VectorAlgebra.AddScaled(-1, targets, _probabilities, _residuals);
        return VectorAlgebra.Dot(targets, _scores);
    }
}
