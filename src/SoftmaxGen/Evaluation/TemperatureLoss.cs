using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// The weighted mean loss as a function of <c>b = 1/T</c>: <c>f(b) = (1/n) sum_i w_i (logsumexp(b S_i) - b S_iy)</c>. Its derivative is the mean of
/// <c>sum_j p_j S_j - S_y</c> and its second derivative the mean of the variance of <c>S</c> under <c>p</c>, which is not negative: <c>f</c> is convex.
/// </summary>
internal sealed class TemperatureLoss
{
    /// <summary>Enough to halve or double one's way to the smallest and the largest number.</summary>
    private const int MostSteps = 2200;

    /// <summary>Newton's method doubles the digits: after a step this small all are right.</summary>
    private const double RelativeStep = 1e-12;

    private readonly int _classes;

    // Less the score of the row's own class, which leaves its derivative and loses no digits where the loss is small.
    private readonly double[] _contrasts;
    private readonly double[] _weights;
    private readonly int[] _classIndices;
    private double _totalWeight;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="TemperatureLoss"/> class.</summary>
    /// <param name="rows">The number of rows that will be added.</param>
    /// <param name="classes">The number of classes.</param>
    public TemperatureLoss(int rows, int classes)
    {
        _classes = classes;
        _contrasts = new double[checked(rows * classes)];
        _weights = new double[rows];
        _classIndices = new int[rows];
    }

    /// <summary>Adds a row.</summary>
    /// <param name="scores">Its <c>C</c> scores; finite.</param>
    /// <param name="y">The index of its class.</param>
    /// <param name="weight">Its weight; positive.</param>
    /// <returns>The largest distance of a score to that of the row's class, infinite when it overflows.</returns>
    public double Add(ReadOnlySpan<double> scores, int y, double weight)
    {
        double reach = 0;
        Span<double> contrasts = _contrasts.AsSpan(_rows * _classes, _classes);
        for (int j = 0; j < contrasts.Length; j++)
        {
            contrasts[j] = scores[j] - scores[y];
            reach = Math.Max(reach, Math.Abs(contrasts[j]));
        }

        _weights[_rows] = weight;
        _classIndices[_rows] = y;
        _totalWeight += weight;
        _rows++;
        return reach;
    }

    /// <summary>Finds the <c>b</c> with the least loss: Newton's method within a bracket, which is halved where a step would leave it.</summary>
    /// <param name="parameterName">The name of the argument with the labels.</param>
    /// <returns>The <c>b</c>, positive.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public double Minimize(string parameterName)
    {
        RequireMinimum(parameterName);
        double low = 0;
        double high = double.PositiveInfinity;
        double b = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            (double slope, double curvature) = DerivativesAt(b);
            if (slope == 0)
            {
                return b;
            }

            low = slope < 0 ? b : low;
            high = slope > 0 ? b : high;
            double newton = b - (slope / curvature);
            if (double.IsFinite(curvature) && Math.Abs(newton - b) <= RelativeStep * b)
            {
                return newton;
            }

            b = newton > low && newton < high && newton <= 2 * b ? newton : Inside(low, high);
        }

        return b;
    }

    /// <summary>Computes the loss.</summary>
    /// <param name="b">The reciprocal of the temperature.</param>
    /// <returns>The mean loss.</returns>
    public double ValueAt(double b)
    {
        double sum = 0;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<double> t = Row(row);
            double largest = Largest(t);
            double powers = 0;
            foreach (double contrast in t)
            {
                powers += Math.Exp(b * (contrast - largest));
            }

            sum += _weights[row] * (Math.Log(powers) + (b * largest));
        }

        return sum / _totalWeight;
    }

    /// <summary>Sums up the rows at a temperature.</summary>
    /// <param name="b">The reciprocal of the temperature.</param>
    /// <returns>The sums.</returns>
    public CalibrationSums SumsAt(double b)
    {
        var sums = new CalibrationSums(_classes);
        double[] scores = new double[_classes];
        for (int row = 0; row < _rows; row++)
        {
            VectorAlgebra.Scale(b, Row(row), scores);
            sums.Add(scores, _classIndices[row], _weights[row]);
        }

        return sums;
    }

    private static double Inside(double low, double high) => double.IsPositiveInfinity(high) ? 2 * low : (low + high) / 2;

    private void RequireMinimum(string parameterName)
    {
        double slopeAtZero = DerivativesAt(0).Slope;
        if (slopeAtZero >= 0)
        {
            throw new ArgumentException(
                "There is no best temperature: on the mean over the rows, the score of the row's class is not above the mean of all scores.",
                parameterName);
        }

        if (!_contrasts.AsSpan().ContainsAnyInRange(double.Epsilon, double.MaxValue))
        {
            throw new ArgumentException(
                "There is no best temperature: every row's class has the largest score, so that the log loss falls for ever as the temperature does.",
                parameterName);
        }
    }

    private (double Slope, double Curvature) DerivativesAt(double b)
    {
        double slope = 0;
        double curvature = 0;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<double> t = Row(row);
            double largest = Largest(t);
            double powers = 0;
            double mean = 0;
            foreach (double contrast in t)
            {
                double power = Math.Exp(b * (contrast - largest));
                powers += power;
                mean += power * contrast;
            }

            mean /= powers;
            double variance = 0;
            foreach (double contrast in t)
            {
                double distance = contrast - mean;
                variance += Math.Exp(b * (contrast - largest)) / powers * distance * distance;
            }

            slope += _weights[row] * mean;
            curvature += _weights[row] * variance;
        }

        return (slope, curvature);
    }

    private ReadOnlySpan<double> Row(int row) => _contrasts.AsSpan(row * _classes, _classes);

    private static double Largest(ReadOnlySpan<double> t)
    {
        double largest = 0;
        foreach (double contrast in t)
        {
            largest = Math.Max(largest, contrast);
        }

        return largest;
    }
}
