using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

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

    /// <summary>Gets how it becomes columns.</summary>
    public DeclaredEncoding Encoding { get; init; } = new(null as Encoding);

    /// <summary>Gets a value indicating whether an attribute says that it is a feature, or how it is one.</summary>
    public bool IsMarked { get; init; }

    /// <summary>Gets the type whose member it is, as code casts to it, where the name alone would mean another member; otherwise null.</summary>
    public string? DeclaringType { get; init; }

    /// <summary>Gets why the model cannot read it, as the end of a sentence that begins with the member; empty if it can.</summary>
    public string Obstacle { get; init; } = "";

    /// <summary>Gets the place it asks for among the features, or null when it asks for none.</summary>
    public int? Order { get; init; }

    /// <summary>Gets a value indicating whether it is marked to be no feature.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Gets a value indicating whether it is marked as the label.</summary>
    public bool IsLabel { get; init; }

    /// <summary>Gets the ids of the errors that its use draws because it is experimental.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Gets the place of its declaration.</summary>
    public MemberPlace Place { get; init; } = new("", 0, false);

    /// <summary>Gets a value indicating whether it stands among the features, fit or not.</summary>
    public bool IsFeature => !IsLabel && !IsIgnored;
}
