namespace SoftmaxGen.Persistence;

/// <summary>Where a value stands in a <see cref="JsonText"/>. Files are read by places and not into objects, so that a hostile one costs no memory.</summary>
internal readonly record struct JsonPlace(int Start, int Length);
