namespace SoftmaxGen.Generator.Specs;

/// <summary>A type around a model: what its further partial declaration needs.</summary>
/// <param name="Keyword">The keyword of its declaration: <c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="NameWithTypeParameters">The name with its type parameters: <c>Outer&lt;T&gt;</c>.</param>
internal sealed record EnclosingType(string Keyword, string NameWithTypeParameters);
