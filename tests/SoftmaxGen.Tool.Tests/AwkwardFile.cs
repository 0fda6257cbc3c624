using System.Text;

namespace SoftmaxGen.Tool.Tests;

/// <summary>A file that people have, and what the tool says to it.</summary>
/// <param name="Name">What is awkward.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Expected">What is written: for a training that goes well to the output, and else to the error output.</param>
internal sealed record AwkwardFile(string Name, byte[] Content, params string[] Expected)
{
    /// <summary>Gets arguments of the training besides the file and the label, which is called <c>label</c>.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>Gets what the training ends with.</summary>
    public int ExitCode { get; init; }

    /// <summary>Gets what is noted, where the training goes well.</summary>
    public string Note { get; init; } = "";

    public override string ToString() => Name;

    /// <summary>Makes a file of text.</summary>
    public static AwkwardFile Of(string name, string text, params string[] expected) => new(name, Encoding.UTF8.GetBytes(text), expected);
}
