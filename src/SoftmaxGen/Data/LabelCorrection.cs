using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// What soft labels change. The loss of a row with targets <c>q</c> is <c>logsumexp(S) - sum_j q_j S_j</c>, linear in them, so that it is the loss of the row
/// labelled <c>y</c> plus <c>sum_j ([j == y] - q_j) S_j</c>. Summed over the rows that is <c>&lt;W, D></c> with the constant
/// <c>D_j = sum_i w_i ([j == y_i] - q_ij) x_i</c>: the kernels run on hard labels, and <c>D</c> is added to their gradient. What is added to the scores is
/// weighted alike and makes a constant. It is exact; digits are lost only where <c>&lt;W, D></c> is large against the loss, which it is a part of.
/// <para>
/// <c>D</c> is summed from centred features. In <c>&lt;W, D></c> the mean of a feature is multiplied by the whole column of the bias, once, and a large
/// mean costs no more digits than it costs the scores.
/// </para>
/// </summary>
internal sealed class LabelCorrection
{
    private readonly double[] _means;

    public LabelCorrection(double[] means, double[] classTotals, double[] sums, double offsets)
    {
        _means = means;
        (ClassTotals, Sums, Offsets) = (classTotals, sums, offsets);
    }

    /// <summary>Gets what the rows count for each class, <c>C</c> numbers.</summary>
    public double[] ClassTotals { get; }

    /// <summary>Gets <c>D</c>, of centred features, <c>C x (m+1)</c>, row-major.</summary>
    public double[] Sums { get; }

    /// <summary>Gets what comes of the offsets, a constant.</summary>
    public double Offsets { get; }

    /// <summary>Sums what the soft labels of rows change.</summary>
    /// <returns>The correction; null when every label is hard.</returns>
    public static LabelCorrection? Create<T>(RowStore<T> rows, IChunkFold fold, TargetShares shares, double[] means, double totalWeight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = rows.Classes;

        // The number of soft labels and the offsets; then the totals of the classes; then D.
        double[] sums = fold.Run(rows, 2 + classes + (classes * (means.Length + 1)), Folding.Sum, (chunk, piece, partial) =>
        {
            double[] targets = new double[classes];
            rows.VisitPiece(chunk, piece, row =>
            {
                shares.Compute(row.Targets, row.ClassIndex, targets);
                Add(row, totalWeight, targets, means, partial);
                return true;
            });
        });
        return sums[0] == 0 ? null : new LabelCorrection(means, sums[2..(2 + classes)], sums[(2 + classes)..], sums[1]);
    }

    /// <summary>Adds <c>D</c> to the gradient of the mean loss.</summary>
    public double AddTo(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        double correction = Offsets;
        int columns = _means.Length + 1;
        for (int row = 0; row < weights.Length; row += columns)
        {
            double atMeans = weights[row];
            for (int k = 1; k < columns; k++)
            {
                atMeans += weights[row + k] * _means[k - 1];
                correction += weights[row + k] * Sums[row + k];
                gradient[row + k] += Sums[row + k] + (_means[k - 1] * Sums[row]);
            }

            correction += atMeans * Sums[row];
            gradient[row] += Sums[row];
        }

        return correction;
    }

    private static void Add(TrainingRow row, double totalWeight, double[] targets, double[] means, Span<double> partial)
    {
        ReadOnlySpan<double> features = row.Columns[1..];
        Span<double> classTotals = partial.Slice(2, targets.Length);
        for (int j = 0; j < targets.Length; j++)
        {
            classTotals[j] += row.Weight * targets[j];
            double residual = row.Weight / totalWeight * ((j == row.ClassIndex ? 1 : 0) - targets[j]);
            if (residual == 0)
            {
                continue;
            }

            partial[0]++;
            partial[1] += row.Offsets.IsEmpty ? 0 : residual * row.Offsets[j];
            Span<double> sums = partial.Slice(2 + targets.Length + (j * (means.Length + 1)), means.Length + 1);
            sums[0] += residual;
            for (int k = 0; k < features.Length; k++)
            {
                sums[k + 1] += residual * (features[k] - means[k]);
            }
        }
    }
}
