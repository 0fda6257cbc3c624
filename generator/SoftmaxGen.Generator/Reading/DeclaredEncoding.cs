using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Reading;

/// <summary>How a member of a row becomes columns, as declared, whether it makes sense or not.</summary>
/// <param name="Encoding">The encoding; null where there is none.</param>
internal sealed record DeclaredEncoding(Encoding? Encoding)
{
    /// <summary>Gets why the type of the member is nothing that can be encoded, as the end of a sentence that begins with the member; empty if it is.</summary>
    public string Unfit { get; init; } = "";

    /// <summary>Gets what is wrong with the attributes that say how, as a sentence; empty for nothing.</summary>
    public string Mistake { get; init; } = "";
}
