namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>
/// Compares text with a file, by the conventions of Verify: <c>Name.verified.cs</c> in the folder <c>Snapshots</c> is what was
/// accepted, and <c>Name.received.cs</c> is written beside it when the text differs. With <c>SOFTMAXGEN_ACCEPT_SNAPSHOTS=1</c> in
/// the environment the text is accepted as it is.
/// </summary>
internal static class Snapshot
{
    private const string AcceptVariable = "SOFTMAXGEN_ACCEPT_SNAPSHOTS";

    /// <summary>Reads what was accepted.</summary>
    /// <param name="name">The name of the snapshot.</param>
    public static string Read(string name) => File.ReadAllText(Stem(name) + ".verified.cs");

    /// <summary>Asserts that a text is the accepted one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="ending">The ending of its file.</param>
    public static void AssertMatches(string text, string name, string ending = ".cs")
    {
        string stem = Stem(name);
        string verified = stem + ".verified" + ending;
        string received = stem + ".received" + ending;
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verified, text);
        }

        if (File.Exists(verified) && File.ReadAllText(verified) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{received} differs from {verified}. Set {AcceptVariable}=1 to accept it.");
    }

    private static string Stem(string name) => Path.Combine(SourceTree.Project, "Snapshots", name);
}
