namespace SoftmaxGen.Generator.Reading;

/// <summary>A cross of two members of a row type, as declared.</summary>
/// <param name="First">The name of the first member; empty where the attribute has none.</param>
/// <param name="Second">The name of the second member.</param>
internal sealed record DeclaredCross(string First, string Second);
