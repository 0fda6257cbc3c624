namespace SoftmaxGen.Online;

/// <summary>
/// A pass over the whole state of a learner, number by number, to write or to read it: one description of the state serves both, so that they cannot differ.
/// </summary>
internal interface IStateExchange
{
    /// <summary>Writes numbers, or replaces them by those that were written.</summary>
    void Numbers(Span<double> values);

    /// <summary>Writes a count, or replaces it by the one that was written.</summary>
    void Count(ref long value);
}
