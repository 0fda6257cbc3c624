namespace SoftmaxGen;

/// <summary>
/// Hashes a <see cref="string"/> or an integer into columns <c>Name#0</c>, <c>Name#1</c> and so on: for identifiers that nobody can list. The column that a
/// value hashes to is 1 or -1, by another bit of its hash, so that values that meet in a column cancel rather than add up (Weinberger, Dasgupta, Langford,
/// Smola and Attenberg, <i>Feature hashing for large scale multitask learning</i>, 2009).
/// </summary>
/// <remarks>
/// The hash never changes and is the same on every machine: FNV-1a of 64 bits over the bytes of the value, of a string those of its UTF-16 units and of an
/// integer the eight of <see cref="long"/>, little-endian; then the finalizer of splitmix64. With <c>h</c> for the result, the column is
/// <c>(h mod 2^32) * columns / 2^32</c>, rounded down, and the sign is negative where the highest bit of <c>h</c> is set.
/// </remarks>
/// <param name="columns">The number of columns, at least 2.</param>
/// <example>
/// <code>
/// public readonly record struct Visit([Hashed(64)] string User, double Seconds);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class HashedAttribute(int columns) : Attribute
{
    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; } = columns;
}
