namespace SoftmaxGen.Generator.Reading;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClassName">The name of its class: its own, unless an attribute gives another.</param>
/// <param name="Value">Its value: <see cref="decimal"/> holds those of every underlying type.</param>
internal sealed record DeclaredEnumMember(string Name, string ClassName, decimal Value)
{
    /// <summary>Gets a value indicating whether the value is one of <see cref="int"/>, as labels are in code that is generic over models.</summary>
    public bool FitsInt => Value is >= int.MinValue and <= int.MaxValue;
}
