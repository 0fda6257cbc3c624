namespace SoftmaxGen.Tests.Jit;

/// <summary>What the JIT makes of generated kernels, on each instruction set there is code for.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class KernelCompilationTests
{
    /// <summary>Gets what to switch off: nothing, then 512-bit vectors, then 256-bit ones and fused multiply-adds with them.</summary>
    public static TheoryData<string> Switches { get; } = ["", "EnableAVX512", "EnableAVX2"];

    [X64Theory]
    [InlineData("EnableAVX512", 256)]
    [InlineData("EnableAVX2", 128)]
    public void A_switch_takes_the_wider_vectors_away(string switchedOff, int mostBits) =>
        Assert.True(ProbeRun.With(switchedOff).VectorBits <= mostBits, $"{ProbeRun.With(switchedOff).VectorBits} bits");

    [Theory]
    [MemberData(nameof(Switches))]
    public void No_method_of_a_kernel_is_too_large_to_be_optimised(string switchedOff)
    {
        IReadOnlyCollection<JitMethod> kernels = [.. ProbeRun.With(switchedOff).Methods.Where(static method => method.IsKernel)];

        Assert.NotEmpty(kernels);
        AssertNone(kernels.Where(static method => method.Tier.Contains("MinOpts", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void Every_stage_of_every_model_is_compiled_with_full_optimisation(string switchedOff)
    {
        ProbeRun run = ProbeRun.With(switchedOff);
        ILookup<string, JitMethod> compiled = run.Methods.ToLookup(static method => method.Name);
        IReadOnlyCollection<string> stages = StageMethods.Of(run.VectorBits);

        Assert.NotEmpty(stages);
        AssertNone(stages.Where(stage => !compiled.Contains(stage)).Select(static stage => $"{stage} was never compiled"));
        AssertNone(stages.SelectMany(stage => compiled[stage]).Where(static method => method.Tier is not ("FullOpts" or "Tier1")));
    }

    /// <summary>
    /// A program that predicts a thousand times is over before the runtime optimises anything: then unoptimised kernels would take 20 to 50 times as long.
    /// </summary>
    [Fact]
    public void No_prediction_starts_unoptimised()
    {
        IReadOnlyCollection<JitMethod> predictions = [.. ProbeRun.WithTiers.Methods.Where(static method => method.IsPrediction)];

        Assert.Contains(predictions, static method => method.IsKernel);
        Assert.Contains(predictions, static method => !method.IsKernel);
        AssertNone(predictions.Where(static method => method.Tier != "FullOpts" && !method.Tier.StartsWith("Tier1", StringComparison.Ordinal)));
    }

    [X64Theory]
    [MemberData(nameof(Switches))]
    public void No_stage_calls_anything(string switchedOff)
    {
        ProbeRun run = ProbeRun.With(switchedOff);
        IReadOnlyCollection<string> stages = StageMethods.Of(run.VectorBits);
        IReadOnlyCollection<JitMethod> listed = [.. run.Methods.Where(method => stages.Contains(method.Name))];

        AssertNone(stages.Except(listed.Select(static method => method.Name)).Select(static stage => $"{stage} was never compiled"));
        AssertNone(listed.Where(static method => method.Instructions.Count == 0).Select(static method => $"{method} was not listed"));
        AssertNone(listed.Where(static method => method.Calls.Any()).Select(static method => $"{method}: {string.Join("; ", method.Calls.Distinct())}"));
    }

    private static void AssertNone<T>(IEnumerable<T> offenders)
    {
        string message = string.Join(Environment.NewLine, offenders);
        Assert.True(message.Length == 0, message);
    }
}
