namespace SoftmaxGen;

/// <summary>
/// What the attribute means where it does not say: the compiler hands the generator only what is written. This file is compiled into the library and the
/// generator.
/// </summary>
internal static class AttributeDefaults
{
    /// <summary>The most stack of a call: little beside any thread's, and enough for most shapes.</summary>
    public const int MaxStackBytes = 64 * 1024;
}
