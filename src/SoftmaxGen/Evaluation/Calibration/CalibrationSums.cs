using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>The log loss and the mean probabilities of rows under some scores.</summary>
internal sealed class CalibrationSums
{
    private readonly double[] _classTotals;
    private readonly double[] _probabilities;
    private readonly double[] _powers;
    private double _loss;
    private double _weight;

    public CalibrationSums(int classes)
    {
        _classTotals = new double[classes];
        _probabilities = new double[classes];
        _powers = new double[classes];
    }

    /// <summary>Gets the weighted mean of <c>logsumexp(S) - S_y</c>.</summary>
    public double LogLoss => _loss / _weight;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<double> scores, int y, double weight)
    {
        (double largest, double sum) = ScalarSoftmax.Exponentiate(scores, _powers);
        for (int j = 0; j < scores.Length; j++)
        {
            _probabilities[j] += weight * (_powers[j] / sum);
        }

        _loss += weight * (Math.Log(sum) + (largest - scores[y]));
        _weight += weight;
        _classTotals[y] += weight;
    }

    /// <summary>Compares the mean probabilities of each class with its frequency.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="before">The sums of the same rows before the calibration; these are those after.</param>
    /// <returns>The comparison, that of the first label first.</returns>
    public IReadOnlyList<ClassCalibration> Compare(ModelShape shape, CalibrationSums before) => Array.AsReadOnly(
    [
        .. _classTotals.Select((total, index) => new ClassCalibration
        {
            Label = shape.Label(index),
            Name = shape.ClassName(index),
            Frequency = total / _weight,
            MeanProbabilityBefore = before._probabilities[index] / before._weight,
            MeanProbability = _probabilities[index] / _weight,
        }),
    ]);
}
