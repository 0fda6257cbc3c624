using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>The times of labels of rows that are written just before.</summary>
/// <param name="WithWriting">A row is written and predicted.</param>
/// <param name="Writing">It is written alone.</param>
internal sealed record FreshTimes(RoundTimes WithWriting, RoundTimes Writing)
{
    /// <summary>The time of a label, the writing subtracted.</summary>
    /// <param name="of">Which of the times.</param>
    /// <returns>Nanoseconds.</returns>
    public double Label(Func<RoundTimes, double> of) => of(WithWriting) - of(Writing);
}
