namespace SoftmaxGen.Generator.Specs;

/// <summary>A member of a row type, as generated code reads it.</summary>
/// <param name="Name">Its name in code: one that is a keyword carries its <c>@</c>.</param>
/// <param name="DeclaringType">The type to cast a row to, where the name alone would mean another member; otherwise null.</param>
internal sealed record MemberSpec(string Name, string? DeclaringType)
{
    /// <summary>Writes the expression that reads the member.</summary>
    public string Of(string row) => DeclaringType is null ? $"{row}.{Name}" : $"(({DeclaringType}){row}).{Name}";
}
