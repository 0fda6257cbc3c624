using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>What a training set knows of its rows: what passes over all of them found out.</summary>
/// <param name="Totals">What the rows weigh.</param>
/// <param name="Moments">Where the features lie; null where nobody asked yet.</param>
/// <param name="Correction">What soft labels change; null where all labels are hard.</param>
internal sealed record RowStatistics(RowTotals Totals, ColumnMoments? Moments, LabelCorrection? Correction)
{
    /// <summary>Passes over rows.</summary>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    public static RowStatistics Create<T>(RowStore<T> rows, IChunkFold fold, TargetShares? shares, bool withMoments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowTotals totals = RowTotals.Create(rows, fold);
        ColumnMoments? moments = withMoments || shares is not null ? ColumnMoments.Create(rows, fold, totals.Weight) : null;
        LabelCorrection? correction = shares is null ? null : LabelCorrection.Create(rows, fold, shares.Value, moments!.Means, totals.Weight);

        // No loss is so low that it would prove soft labels separable.
        return correction is null
            ? new RowStatistics(totals, moments, null)
            : new RowStatistics(totals with { Classes = correction.ClassTotals, SmallestRowWeight = 0 }, moments, correction);
    }

    /// <summary>Counts the numbers of <see cref="ToNumbers"/>.</summary>
    public static int CountNumbers(ModelShape shape, bool hasCorrection) =>
        2 + shape.Classes + (2 * shape.Features) + (hasCorrection ? 1 + shape.ParameterCount : 0);

    /// <summary>Takes apart what <see cref="ToNumbers"/> has put together.</summary>
    public static RowStatistics FromNumbers(ReadOnlySpan<double> numbers, ModelShape shape)
    {
        (int classes, int features) = (shape.Classes, shape.Features);
        ReadOnlySpan<double> rest = numbers[(2 + classes)..];
        double[] classTotals = numbers.Slice(2, classes).ToArray();
        double[] means = rest[..features].ToArray();
        double[] deviations = rest.Slice(features, features).ToArray();
        rest = rest[(2 * features)..];
        return new RowStatistics(
            new RowTotals(classTotals, numbers[0], numbers[1]),
            new ColumnMoments(means, deviations),
            rest.IsEmpty ? null : new LabelCorrection(means, classTotals, rest[1..].ToArray(), rest[0]));
    }

    /// <summary>Puts all numbers together, for a file: weights of all rows, of the lightest, of the classes; moments; correction.</summary>
    public double[] ToNumbers() =>
    [
        Totals.Weight, Totals.SmallestRowWeight, .. Totals.Classes, .. Moments!.Means, .. Moments.Deviations,
        .. Correction is null ? [] : (ReadOnlySpan<double>)[Correction.Offsets, .. Correction.Sums],
    ];
}
