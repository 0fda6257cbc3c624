namespace SoftmaxGen;

/// <summary>
/// Makes columns <c>Name[0]</c>, <c>Name[1]</c> and so on of a vector such as an embedding: an array of numbers, a <see cref="ReadOnlyMemory{T}"/> or
/// <see cref="Memory{T}"/> of them, or an inline array. A vector of another length is refused with its row, member and length.
/// </summary>
/// <param name="count">The length of the vector, at least 1.</param>
/// <example>
/// <code>
/// public readonly record struct Document([Columns(16)] float[] Embedding, int Words);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnsAttribute(int count) : Attribute
{
    /// <summary>Gets the length of the vector.</summary>
    public int Count { get; } = count;
}
