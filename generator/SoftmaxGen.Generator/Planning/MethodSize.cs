namespace SoftmaxGen.Generator.Planning;

/// <summary>The estimated size of an emitted method.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Code">Its size.</param>
internal sealed record MethodSize(string Name, CodeSize Code);
