namespace SoftmaxGen.Generator.Reading;

/// <summary>Where a member is declared, as far as it tells which of two members comes first.</summary>
/// <param name="DeclaringType">The name of the type that declares it, a row type or a base of it.</param>
/// <param name="File">The number of the file among those that declare the type; -1 when the type comes from a compiled assembly.</param>
/// <param name="IsField">Whether it is a field. A compiled assembly lists fields and properties apart.</param>
internal sealed record MemberPlace(string DeclaringType, int File, bool IsField)
{
    /// <summary>Gets a value indicating whether the type comes from a compiled assembly.</summary>
    public bool IsCompiled => File < 0;
}
