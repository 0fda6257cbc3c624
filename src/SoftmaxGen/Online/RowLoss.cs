using SoftmaxGen.Numerics;

namespace SoftmaxGen.Online;

/// <summary>The softmax of one row: what it costs, and how it pulls at the scores.</summary>
/// <param name="classes">The number of classes, <c>C</c>.</param>
internal sealed class RowLoss(int classes)
{
    private readonly double[] _scores = new double[classes];
    private readonly double[] _probabilities = new double[classes];
    private readonly double[] _residuals = new double[classes];

    /// <summary>Gets the probabilities <c>P(Y=j|x)</c> of the row evaluated last.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Gets the residuals <c>P(Y=j|x) - [j == y]</c>, the derivatives of the loss by the scores.</summary>
    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>Gets the loss of the row evaluated last.</summary>
    public double Value { get; private set; }

    /// <summary>Computes the scores of a row.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="row">The row with its leading 1.</param>
    public void Score(ReadOnlySpan<double> weights, ReadOnlySpan<double> row) => ScalarSoftmax.Scores(weights, row, _scores);

    /// <summary>Takes scores between those of two others.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="share">The share of the other.</param>
    public void Score(RowLoss from, RowLoss to, double share)
    {
        for (int j = 0; j < _scores.Length; j++)
        {
            _scores[j] = from._scores[j] + (share * (to._scores[j] - from._scores[j]));
        }
    }

    /// <summary>Evaluates the scores.</summary>
    /// <param name="y">The index of the row's class.</param>
    /// <returns>The loss, as <c>logsumexp(S) - S_y</c>; not finite when a feature is not or a score overflows.</returns>
    public double Evaluate(int y)
    {
        double largest = double.NegativeInfinity;
        double poison = 0;
        foreach (double score in _scores)
        {
            largest = Math.Max(largest, score);
            poison += 0 * score;
        }

        double others = 0;
        for (int j = 0; j < _scores.Length; j++)
        {
            _probabilities[j] = Math.Exp(_scores[j] - largest);
            others += j == y ? 0 : _probabilities[j];
        }

        double sum = others + _probabilities[y];
        for (int j = 0; j < _scores.Length; j++)
        {
            _probabilities[j] /= sum;
            _residuals[j] = _probabilities[j];
        }

        // Not P(y) - 1, which has no digits left where P(y) is near 1.
        _residuals[y] = -others / sum;

        // A NaN or an infinity among the scores makes 0 times it a NaN.
        Value = Math.Log(sum) + (largest - _scores[y]) + poison;
        return Value;
    }
}
