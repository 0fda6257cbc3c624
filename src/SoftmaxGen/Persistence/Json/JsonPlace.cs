namespace SoftmaxGen.Persistence;

/// <summary>Where a value stands in a <see cref="JsonText"/>. Files are read by places and not into objects, so that a hostile one costs no memory.</summary>
/// <param name="Start">The index of its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct JsonPlace(int Start, int Length);
