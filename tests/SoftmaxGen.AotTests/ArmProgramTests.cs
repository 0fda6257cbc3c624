namespace SoftmaxGen.AotTests;

/// <summary>A program that compares the library with oracles, compiled for Arm without a warning and emulated: it finds no difference.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed class ArmProgramTests(ArmProgramFixture fixture) : IClassFixture<ArmProgramFixture>
{
    [ArmTheory]
    [InlineData("kernels")]
    [InlineData("predictions")]
    [InlineData("training")]
    [InlineData("files")]
    public async Task Arm_computes_what_the_oracles_say(string what)
    {
        Assert.Null(ArmTools.Lack);

        string[] lines = (await fixture.Program.EmulateAsync(fixture.Playground, what)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.DoesNotContain("warning", fixture.Program.Log, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, lines.Length);
        Assert.Equal("Arm64, 128 bits, AdvSimd, a multiply-add rounds once", lines[0]);
        Assert.Matches("^[1-9][0-9]{2,} comparisons$", lines[1]);
    }
}
