namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>What holds the numbers of a vector.</summary>
internal enum VectorSource
{
    /// <summary>An array.</summary>
    Array,

    /// <summary>A <see cref="Memory{T}"/> or <see cref="ReadOnlyMemory{T}"/>.</summary>
    Memory,

    /// <summary>An inline array.</summary>
    InlineArray,
}
