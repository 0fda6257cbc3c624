namespace SoftmaxGen.Tool.Tables;

/// <summary>The words that stand for a blank.</summary>
internal sealed class BlankWords(IEnumerable<string> words)
{
    private readonly HashSet<string> _words = new(words, StringComparer.Ordinal);

    /// <summary>Tells whether a cell is blank.</summary>
    /// <param name="cell">The cell, without spaces around it.</param>
    /// <returns>Whether it has nothing in it, or one of the words.</returns>
    public bool Contains(ReadOnlySpan<char> cell) => cell.IsEmpty || _words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell);
}
