using System.Globalization;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// What it costs to take a row of one class for another: the decision with the least expected cost is not always the most probable class. Immutable
/// and thread-safe.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/decisions.md">decisions by costs</see>.</remarks>
/// <example>
/// <code>
/// // To let a faulty part pass costs 50, to throw away a good one costs 1. Class 0 is good, class 1 faulty.
/// var costs = new CostMatrix(2, [0, 1, 50, 0]);
/// int label = model.PredictWith(row, costs);
/// </code>
/// </example>
public sealed class CostMatrix
{
    // By predicted class, so that the expected cost of a decision runs over neighbours.
    private readonly double[] _byPrediction;

    /// <summary>Initializes a new instance of the <see cref="CostMatrix"/> class.</summary>
    /// <param name="classes">The number of classes, <c>C</c>; at least 2.</param>
    /// <param name="costs">
    /// The costs, <c>C x C</c>, row-major: actual classes in rows and predicted ones in columns, both in the order of the labels. Finite; a benefit
    /// is a negative cost. Copied.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is less than 2.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="costs"/> is not <c>C * C</c>, or a cost is not finite.</exception>
    public CostMatrix(int classes, ReadOnlySpan<double> costs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Guard.Length(costs.Length, checked(classes * classes), nameof(costs));
        Classes = classes;
        _byPrediction = new double[costs.Length];
        for (int i = 0; i < costs.Length; i++)
        {
            (int actual, int predicted) = int.DivRem(i, classes);
            if (!double.IsFinite(costs[i]))
            {
                throw Refusal.Argument(
                    $"The cost of taking class {actual} for class {predicted} (counted from 0) is {costs[i]}; every cost must be finite.", nameof(costs));
            }

            _byPrediction[(predicted * classes) + actual] = costs[i];
        }
    }

    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public int Classes { get; }

    /// <summary>
    /// Gets, for two classes, the probability of the second from which on it is the cheaper decision: <c>(c01 - c00) / (c01 - c00 + c10 - c11)</c>,
    /// where <c>cij</c> is the cost of taking <c>i</c> for <c>j</c> (Elkan, <i>The foundations of cost-sensitive learning</i>, 2001). It is right
    /// where probabilities are; where they may not be, <see cref="ThresholdCurve.LeastCost"/> looks for the threshold on held-out rows.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There are more than two classes, or a mistake does not cost more than the right decision.
    /// </exception>
    public double Threshold
    {
        get
        {
            if (Classes != 2)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"The costs are of {Classes} classes; a threshold decides between two."));
            }

            if (!(this[0, 1] > this[0, 0] && this[1, 0] > this[1, 1]))
            {
                throw new InvalidOperationException("There is no threshold: each mistake must cost more than the right decision about the same row.");
            }

            // Neither the differences nor their sum may overflow between numbers near the largest.
            int scale = -1 - Math.ILogB(_byPrediction.Max(Math.Abs));
            double falsePositive = Math.ScaleB(this[0, 1], scale) - Math.ScaleB(this[0, 0], scale);
            double falseNegative = Math.ScaleB(this[1, 0], scale) - Math.ScaleB(this[1, 1], scale);
            return 1 / (1 + (falseNegative / falsePositive));
        }
    }

    /// <summary>Gets the cost of taking a row of one class for another, or of taking it for what it is.</summary>
    /// <param name="actual">The index of the row's class, from 0 in the order of the labels.</param>
    /// <param name="predicted">The index of the class that it is taken for.</param>
    /// <returns>The cost.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or not below <see cref="Classes"/>.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            RequireIndex(actual, nameof(actual));
            RequireIndex(predicted, nameof(predicted));
            return _byPrediction[(predicted * Classes) + actual];
        }
    }

    /// <summary>
    /// Finds the decision with the least expected cost, <c>argmin_k sum_j P_j c_jk</c>. Ties go to the lowest class. Nothing is allocated.
    /// </summary>
    /// <param name="probabilities">The <c>C</c> probabilities, in the order of the labels; not checked.</param>
    /// <param name="expectedCost">The expected cost of the decision.</param>
    /// <returns>The index of the class, from 0 in the order of the labels; 0 where probabilities are NaN.</returns>
    /// <exception cref="ArgumentException">There is another number of probabilities.</exception>
    public int Decide(ReadOnlySpan<double> probabilities, out double expectedCost)
    {
        Guard.Length(probabilities.Length, Classes, nameof(probabilities));
        int best = 0;
        expectedCost = ExpectedCost(probabilities, 0);
        for (int predicted = 1; predicted < Classes; predicted++)
        {
            double cost = ExpectedCost(probabilities, predicted);
            if (cost < expectedCost)
            {
                best = predicted;
                expectedCost = cost;
            }
        }

        return best;
    }

    /// <summary>Checks the number of classes.</summary>
    /// <exception cref="ArgumentException">The number is another one.</exception>
    internal void RequireClasses(int classes, string parameterName)
    {
        if (Classes != classes)
        {
            throw Refusal.Argument($"The costs are of {Classes} classes; they must be of {classes}.", parameterName);
        }
    }

    private double ExpectedCost(ReadOnlySpan<double> probabilities, int predicted)
    {
        ReadOnlySpan<double> costs = _byPrediction.AsSpan(predicted * Classes, Classes);
        double sum = 0;
        for (int actual = 0; actual < costs.Length; actual++)
        {
            sum += probabilities[actual] * costs[actual];
        }

        return sum;
    }

    private void RequireIndex(int index, string parameterName)
    {
        if ((uint)index >= (uint)Classes)
        {
            throw Refusal.OutOfRange(parameterName, index, $"The index is {index}; it must be from 0 to {Classes - 1}.");
        }
    }
}
