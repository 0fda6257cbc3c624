namespace SoftmaxGen.Generator.Reading;

/// <summary>An instance field or property of a row type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reference">Its name in code: one that is a keyword carries its <c>@</c>.</param>
/// <param name="TypeName">Its type, for messages.</param>
/// <param name="Content">What it holds.</param>
internal sealed record DeclaredRowMember(string Name, string Reference, string TypeName, MemberContent Content)
{
    /// <summary>Gets its name as a feature: its own, unless an attribute gives another.</summary>
    public string FeatureName { get; init; } = Name;

    /// <summary>Gets a value indicating whether the model can read it.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Gets the place it asks for among the features, or null when it asks for none.</summary>
    public int? Order { get; init; }

    /// <summary>Gets a value indicating whether it is marked to be no feature.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Gets a value indicating whether it is marked as the label.</summary>
    public bool IsLabel { get; init; }

    /// <summary>Gets the place of its declaration.</summary>
    public MemberPlace Place { get; init; } = new("", 0, false);

    /// <summary>Gets a value indicating whether it stands among the features, fit or not.</summary>
    public bool IsFeature => !IsLabel && !IsIgnored;
}
