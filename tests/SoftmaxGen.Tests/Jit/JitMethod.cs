namespace SoftmaxGen.Tests.Jit;

/// <summary>A method that the JIT compiled.</summary>
/// <param name="Name">Its class and name, <c>SoftmaxGen.Generated.Model.SoftmaxKernels512:Scores</c>.</param>
/// <param name="Tier">How far it was optimised: <c>FullOpts</c>, <c>MinOpts</c> and so on.</param>
/// <param name="Instructions">Its machine code, an instruction a line; empty when the listing was not asked for.</param>
internal sealed record JitMethod(string Name, string Tier, IReadOnlyList<string> Instructions)
{
    /// <summary>Gets a value indicating whether it belongs to the kernels of a generated model.</summary>
    public bool IsKernel => Name.Contains(".SoftmaxKernels", StringComparison.Ordinal);

    /// <summary>Gets the calls that it makes, those in its last instruction included.</summary>
    public IEnumerable<string> Calls => Instructions.Where(static instruction =>
        instruction.StartsWith("call ", StringComparison.Ordinal) || instruction.StartsWith("tail.jmp ", StringComparison.Ordinal));

    public override string ToString() => $"{Name} [{Tier}]";
}
