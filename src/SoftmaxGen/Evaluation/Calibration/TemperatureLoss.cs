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

    private readonly CalibrationRows _rows;
    private readonly int _classes;

    // Relative to the row's own class: its score is taken off, which leaves the derivative of the loss and loses no digits where the loss is small.
    private readonly double[] _logits;

    public TemperatureLoss(CalibrationRows rows)
    {
        _rows = rows;
        _classes = rows.Shape.Classes;
        _logits = new double[rows.Count * _classes];
        for (int i = 0; i < _logits.Length; i++)
        {
            ReadOnlySpan<double> scores = rows.Scores(i / _classes);
            _logits[i] = scores[i % _classes] - scores[rows.ClassIndices[i / _classes]];
        }
    }

    /// <summary>Finds the <c>b</c> with the least loss: Newton's method within a bracket, which is halved where a step would leave it.</summary>
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
    /// <returns>The mean loss.</returns>
    public double ValueAt(double b)
    {
        double sum = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            ReadOnlySpan<double> t = Row(row);
            double largest = Largest(t);
            double powers = 0;
            foreach (double logit in t)
            {
                powers += Math.Exp(b * (logit - largest));
            }

            sum += _rows.Weights[row] * (Math.Log(powers) + (b * largest));
        }

        return sum / _rows.TotalWeight;
    }

    /// <summary>Sums up the rows at a temperature.</summary>
    public CalibrationSums SumsAt(double b)
    {
        var sums = new CalibrationSums(_classes);
        double[] scores = new double[_classes];
        for (int row = 0; row < _rows.Count; row++)
        {
            VectorAlgebra.Scale(b, Row(row), scores);
            sums.Add(scores, _rows.ClassIndices[row], _rows.Weights[row]);
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

        if (!_logits.AsSpan().ContainsAnyInRange(double.Epsilon, double.MaxValue))
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
        for (int row = 0; row < _rows.Count; row++)
        {
            ReadOnlySpan<double> t = Row(row);
            double largest = Largest(t);
            double powers = 0;
            double mean = 0;
            foreach (double logit in t)
            {
                double power = Math.Exp(b * (logit - largest));
                powers += power;
                mean += power * logit;
            }

            mean /= powers;
            double variance = 0;
            foreach (double logit in t)
            {
                double distance = logit - mean;
                variance += Math.Exp(b * (logit - largest)) / powers * distance * distance;
            }

            slope += _rows.Weights[row] * mean;
            curvature += _rows.Weights[row] * variance;
        }

        return (slope, curvature);
    }

    private ReadOnlySpan<double> Row(int row) => _logits.AsSpan(row * _classes, _classes);

    private static double Largest(ReadOnlySpan<double> t)
    {
        double largest = 0;
        foreach (double logit in t)
        {
            largest = Math.Max(largest, logit);
        }

        return largest;
    }
}
