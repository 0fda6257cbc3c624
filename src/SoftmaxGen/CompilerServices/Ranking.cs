using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The classes of one row in the order of their scores: descending, the lowest class first of several that tie. Decisions that are not hot are taken
/// here, once for all models. For generated code alone.
/// </summary>
/// <typeparam name="T">The type of the scores.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Ranking<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _scores;
    private readonly double _max;
    private readonly double _sum;

    /// <summary>Initializes a new instance of the <see cref="Ranking{T}"/> struct.</summary>
    /// <param name="scores">The scores, at least one; used up by the ranking.</param>
    public Ranking(Span<T> scores)
    {
        _scores = scores;
        _max = double.CreateTruncating(scores[IndexOfLargest(scores)]);
        foreach (T score in scores)
        {
            _sum += Exponential(score);
        }
    }

    /// <summary>Finds the largest score.</summary>
    /// <param name="scores">The scores; NaN counts as none.</param>
    /// <returns>The index of the largest, the lowest of several; 0 when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfLargest(ReadOnlySpan<T> scores)
    {
        int best = 0;
        T max = T.NegativeInfinity;
        for (int j = 0; j < scores.Length; j++)
        {
            if (scores[j] > max)
            {
                max = scores[j];
                best = j;
            }
        }

        return best;
    }

    /// <summary>Finds the two largest scores.</summary>
    /// <param name="scores">The scores, at least two.</param>
    /// <param name="runnerUp">The index of the second largest.</param>
    /// <param name="margin">How far apart the two are; not negative.</param>
    /// <returns>The index of the largest.</returns>
    public static int BestTwo(ReadOnlySpan<T> scores, out int runnerUp, out T margin)
    {
        int best = IndexOfLargest(scores);
        runnerUp = best == 0 ? 1 : 0;
        for (int j = runnerUp + 1; j < scores.Length; j++)
        {
            if (j != best && scores[j] > scores[runnerUp])
            {
                runnerUp = j;
            }
        }

        margin = scores[best] - scores[runnerUp];
        return best;
    }

    /// <summary>Splits the lead of one class over another into parts.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="best">The index of the class that leads.</param>
    /// <param name="runnerUp">The index of the other.</param>
    /// <param name="contributions">Receives the <c>m</c> parts of the features.</param>
    /// <param name="bias">The part of the bias.</param>
    /// <returns>The sum of the parts.</returns>
    public static T Explain(ReadOnlySpan<T> weights, ReadOnlySpan<T> features, int best, int runnerUp, Span<T> contributions, out T bias)
    {
        int columns = features.Length + 1;
        ReadOnlySpan<T> bestRow = weights.Slice(best * columns, columns);
        ReadOnlySpan<T> otherRow = weights.Slice(runnerUp * columns, columns);
        bias = bestRow[0] - otherRow[0];
        T sum = bias;
        for (int k = 0; k < features.Length; k++)
        {
            // Weights at both ends of the range have no difference; their products may have one.
            T part = (bestRow[k + 1] - otherRow[k + 1]) * features[k];
            contributions[k] = T.IsFinite(part) ? part : (bestRow[k + 1] * features[k]) - (otherRow[k + 1] * features[k]);
            sum += contributions[k];
        }

        return sum;
    }

    /// <summary>Takes the best class that has not been taken yet.</summary>
    /// <param name="probability">Its probability, among all classes.</param>
    /// <returns>The index of the class.</returns>
    public readonly int Next(out T probability)
    {
        int best = IndexOfLargest(_scores);
        probability = T.CreateTruncating(Exponential(_scores[best]) / _sum);
        _scores[best] = T.NaN;
        return best;
    }

    private readonly double Exponential(T score) => Math.Exp(double.CreateTruncating(score) - _max);
}
