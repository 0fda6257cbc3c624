namespace SoftmaxGen.Training;

/// <summary>The coordinates of a point that a penalty ties together: one alone, or those of a feature for all classes.</summary>
internal readonly record struct CoordinateBlock(int First, int Count, int Stride)
{
    /// <summary>Gets the index of a coordinate.</summary>
    public int this[int i] => First + (i * Stride);

    /// <summary>Copies the elements of a vector that belong to the block.</summary>
    public void Gather(ReadOnlySpan<double> vector, Span<double> elements)
    {
        for (int i = 0; i < Count; i++)
        {
            elements[i] = vector[this[i]];
        }
    }

    /// <summary>Copies elements to where they belong in a vector.</summary>
    public void Scatter(ReadOnlySpan<double> elements, Span<double> vector)
    {
        for (int i = 0; i < Count; i++)
        {
            vector[this[i]] = elements[i];
        }
    }
}
