namespace SoftmaxGen.Generator.Reading;

/// <summary>A member, or a type parameter, that the user declared in the model class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMethod">Whether it is a method, and so may share its name with a generated method.</param>
internal sealed record DeclaredMember(string Name, bool IsMethod);
