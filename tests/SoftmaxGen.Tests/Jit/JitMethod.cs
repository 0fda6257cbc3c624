namespace SoftmaxGen.Tests.Jit;

/// <summary>A method that the JIT compiled.</summary>
/// <param name="Name">Its class and name, <c>SoftmaxGen.Generated.Model.SoftmaxKernels512:Scores</c>.</param>
/// <param name="Tier">How far it was optimised: <c>FullOpts</c>, <c>MinOpts</c> and so on.</param>
/// <param name="Instructions">Its machine code, an instruction a line; empty when the listing was not asked for.</param>
internal sealed record JitMethod(string Name, string Tier, IReadOnlyList<string> Instructions)
{
    private const string Models = "SoftmaxGen.JitProbe.";
    private const string Kernels = "SoftmaxGen.Generated.";

    private static readonly string[] _members = ["Predict", "TryPredict", "Explain", "__SoftmaxPredict", "__SoftmaxRead"];

    private static readonly string[] _kernels = ["Row", "Sparse", "Term", "Difference", "Batch"];

    /// <summary>Gets a value indicating whether it belongs to the kernels of a generated model.</summary>
    public bool IsKernel => Name.Contains(".SoftmaxKernels", StringComparison.Ordinal);

    /// <summary>
    /// Gets a value indicating whether it predicts rows, and belongs to a generated model or its kernels. Members for batches only call the library.
    /// </summary>
    public bool IsPrediction => Name.StartsWith(Kernels, StringComparison.Ordinal)
        ? _kernels.Any(name => Member.StartsWith(name, StringComparison.Ordinal))
        : Name.StartsWith(Models, StringComparison.Ordinal) && !Member.Contains("Batch", StringComparison.Ordinal)
            && _members.Any(name => Member.StartsWith(name, StringComparison.Ordinal));

    private string Member => Name[(Name.LastIndexOf(':') + 1)..];

    /// <summary>Gets the calls that it makes, those in its last instruction included.</summary>
    public IEnumerable<string> Calls => Instructions.Where(static instruction =>
        instruction.StartsWith("call ", StringComparison.Ordinal) || instruction.StartsWith("tail.jmp ", StringComparison.Ordinal));

    public override string ToString() => $"{Name} [{Tier}]";
}
