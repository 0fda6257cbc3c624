namespace SoftmaxGen.Data.Files;

/// <summary>A part of a file that holds numbers of one kind.</summary>
internal readonly record struct FileSection(long Offset, long Length)
{
    /// <summary>Gets where it ends.</summary>
    public long End => Offset + Length;

    /// <summary>Gets a value indicating whether there are no such numbers.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>Gets what this section and another one have in common.</summary>
    /// <returns>The common part; empty for none.</returns>
    public FileSection Intersect(FileSection other)
    {
        long start = Math.Max(Offset, other.Offset);
        return new FileSection(start, Math.Max(0, Math.Min(End, other.End) - start));
    }
}
