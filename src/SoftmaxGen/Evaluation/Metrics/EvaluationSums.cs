using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>What is summed over the rows of an evaluation. Not generic, so that it is compiled once for all models.</summary>
internal sealed class EvaluationSums
{
    /// <summary>The bins of the confidence: bin <c>b</c> holds those above <c>b/15</c> and up to <c>(b + 1)/15</c>.</summary>
    public const int CalibrationBins = 15;

    /// <summary>
    /// Rows that are counted side by side: each of so many has counts of its own, so that it need not wait for the one before, which often counts in the same
    /// place. Of many classes there is one copy, for its size, and rows seldom meet.
    /// </summary>
    public const int Copies = 4;

    private const int MostCopiedClasses = 64;

    private readonly double[] _powers;

    public EvaluationSums(ModelShape shape, bool isWeighted)
    {
        int cells = shape.Classes * shape.Classes;
        int ranks = shape.Classes * CalibrationBins;
        bool isCopied = shape.Classes <= MostCopiedClasses;
        Shape = shape;
        CellStride = isCopied ? cells : 0;
        RankStride = isCopied ? ranks : 0;
        Cells = new int[cells + ((Copies - 1) * CellStride)];
        CellWeights = isWeighted ? new double[Cells.Length] : null;
        Ranks = new ConfidenceSums[ranks + ((Copies - 1) * RankStride)];
        _powers = new double[shape.Classes];
    }

    /// <summary>Gets the shape of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the weighted sum of the rows' losses.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets the weighted sum of the squared errors of all probabilities.</summary>
    public double SquaredErrors { get; private set; }

    /// <summary>Gets the counts of the confusion matrix, <c>C x C</c>, actual classes in rows; <see cref="Copies"/> of it.</summary>
    public int[] Cells { get; }

    /// <summary>Gets the weights of the rows that are counted there; null where each weighs 1.</summary>
    public double[]? CellWeights { get; }

    /// <summary>Gets the distance from one copy of the confusion matrix to the next.</summary>
    public int CellStride { get; }

    /// <summary>
    /// Gets the sums of the rows by how many classes come before their own and then by the bin of their confidence, <c>C x 15</c>; <see cref="Copies"/> of
    /// them. Their weights are left out where each row weighs 1.
    /// </summary>
    public ConfidenceSums[] Ranks { get; }

    /// <summary>Gets the distance from one copy of <see cref="Ranks"/> to the next.</summary>
    public int RankStride { get; }

    /// <summary>Adds up the copies of the confusion matrix.</summary>
    /// <returns>The counts, and their weights; null where each row weighs 1.</returns>
    public (int[] Counts, double[]? Weights) Confusion()
    {
        int length = Shape.Classes * Shape.Classes;
        int[] counts = new int[length];
        double[]? weights = CellWeights is null ? null : new double[length];
        for (int i = 0; i < Cells.Length; i++)
        {
            counts[i % length] += Cells[i];
            if (weights is not null)
            {
                weights[i % length] += CellWeights![i];
            }
        }

        return (counts, weights);
    }

    /// <summary>Adds up the copies of <see cref="Ranks"/>, weights included.</summary>
    /// <returns>The sums, <c>C x 15</c>.</returns>
    public ConfidenceSums[] Ranked()
    {
        var ranked = new ConfidenceSums[Shape.Classes * CalibrationBins];
        for (int i = 0; i < Ranks.Length; i++)
        {
            ref ConfidenceSums sums = ref ranked[i % ranked.Length];
            sums.Rows += Ranks[i].Rows;
            sums.Weight += CellWeights is null ? Ranks[i].Rows : Ranks[i].Weight;
            sums.Confidence += Ranks[i].Confidence;
        }

        return ranked;
    }

    /// <summary>Adds a row by its scores.</summary>
    public double Add(ReadOnlySpan<double> scores, int y, double weight)
    {
        int predicted = Ranking<double>.IndexOfLargest(scores);
        (double largest, double sum) = ScalarSoftmax.Exponentiate(scores, _powers);
        double loss = Math.Log(sum) + (largest - scores[y]);
        AddErrors(weight * loss, weight * SquaredError(sum, y));

        int cell = (y * Shape.Classes) + predicted;
        Cells[cell]++;
        ref ConfidenceSums sums = ref Ranks[(Rank(scores, y) * CalibrationBins) + Bin(1 / sum)];
        sums.Rows++;
        sums.Confidence += weight / sum;
        if (CellWeights is not null)
        {
            CellWeights[cell] += weight;
            sums.Weight += weight;
        }

        return loss;
    }

    /// <summary>Adds to the sums of the errors.</summary>
    public void AddErrors(double loss, double squaredErrors)
    {
        Loss += loss;
        SquaredErrors += squaredErrors;
    }

    private static int Rank(ReadOnlySpan<double> scores, int y)
    {
        int before = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            before += scores[j] > scores[y] || (scores[j] == scores[y] && j < y) ? 1 : 0;
        }

        return before;
    }

    private static int Bin(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * CalibrationBins) - 1, 0, CalibrationBins - 1);

    private double SquaredError(double sum, int y)
    {
        double squares = 0;
        double others = 0;
        for (int j = 0; j < _powers.Length; j++)
        {
            double probability = j == y ? 0 : _powers[j] / sum;
            others += probability;
            squares += probability * probability;
        }

        // 1 - P(y) without the cancellation.
        return squares + (others * others);
    }
}
