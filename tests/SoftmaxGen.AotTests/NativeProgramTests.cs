namespace SoftmaxGen.AotTests;

/// <summary>A program that trains and predicts, compiled ahead of time: no warning, and the answers of the JIT to the last bit.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed class NativeProgramTests(NativeProgramFixture fixture) : IClassFixture<NativeProgramFixture>
{
    [NativeTheory]
    [InlineData("net9.0", null, 128)]
    [InlineData("net9.0", "x86-x64-v3", 256)]
    [InlineData("net10.0", "x86-64-v3", 256)]
    [InlineData("net10.0", "native", null)]
    public async Task It_is_published_without_a_warning_and_answers_as_under_the_JIT(string framework, string? instructionSet, int? vectorBits)
    {
        Assert.Null(NativeTools.Lack);

        Publication native = await Publication.NativeAsync(fixture.Playground, framework, instructionSet);
        string[] answers = Lines(await native.RunAsync(fixture.Playground));
        string[] expected = Lines(await fixture.Jit.RunAsync(fixture.Playground, Switches(vectorBits)));

        fixture.Report(
            $"NativeAOT, {framework}, {instructionSet ?? "default"} instruction set, {answers[0]}: {await native.DescribeAsync(fixture.Playground)}");
        AssertNoWarning(native.Log, exceptTheInstructionSet: instructionSet is null);
        Assert.Equal(expected, answers);
    }

    // The JIT is told to do without what the native compiler left out.
    private static (string Name, string Value)[] Switches(int? vectorBits) => vectorBits switch
    {
        128 => [("DOTNET_EnableAVX", "0")],
        256 => [("DOTNET_EnableAVX512", "0")],
        _ => [],
    };

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void AssertNoWarning(string log, bool exceptTheInstructionSet)
    {
        string[] warnings = [.. Lines(log).Where(static line => line.Contains("warning", StringComparison.OrdinalIgnoreCase))];
        Assert.Equal(exceptTheInstructionSet, warnings.Any(IsAboutTheInstructionSet));
        Assert.All(warnings, static line => Assert.True(IsAboutTheInstructionSet(line), line));
    }

    private static bool IsAboutTheInstructionSet(string line) => line.Contains("warning SMG0051", StringComparison.Ordinal);
}
