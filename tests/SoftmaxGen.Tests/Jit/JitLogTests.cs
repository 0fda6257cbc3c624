namespace SoftmaxGen.Tests.Jit;

/// <summary>The reader of the JIT's log: a reader that found nothing would let every kernel pass.</summary>
public class JitLogTests
{
    private const string Log = """
           1: JIT compiled Program:<Main>$(System.String[]) [FullOpts, IL size=114, code size=258]
        ; Assembly listing for method SoftmaxGen.Generated.Demo_Model.SoftmaxKernels512:Scores(byref,int) (FullOpts)
        ; Emitting BLENDED_CODE for x64 + VEX + EVEX on Unix
        G_M1_IG01:  ;; offset=0x0000
               push     rbp
               call     [Demo.Helper:Run()]
               ;; size=16 bbWeight=1 PerfScore 3.00
               tail.jmp [Demo.Helper:Run()]
           2: JIT compiled SoftmaxGen.Generated.Demo_Model.SoftmaxKernels512:Scores(byref,int) [MinOpts, IL size=247, code size=200]
           3: JIT compiled Demo.Model:Predict(System.ReadOnlySpan`1[double]) [Tier0, IL size=16, code size=5]
        """;

    [Fact]
    public void Methods_have_their_names_tiers_and_instructions()
    {
        IReadOnlyList<JitMethod> methods = JitLog.Read(Log.Split('\n'));

        Assert.Equal(
            ["Program:<Main>$ [FullOpts]", "SoftmaxGen.Generated.Demo_Model.SoftmaxKernels512:Scores [MinOpts]", "Demo.Model:Predict [Tier0]"],
            methods.Select(static method => method.ToString()));
        Assert.Equal([false, true, false], methods.Select(static method => method.IsKernel));
        Assert.Equal(["push     rbp", "call     [Demo.Helper:Run()]", "tail.jmp [Demo.Helper:Run()]"], methods[1].Instructions);
        Assert.Empty(methods[2].Instructions);
    }

    [Fact]
    public void Calls_are_found_among_the_instructions() =>
        Assert.Equal(["call     [Demo.Helper:Run()]", "tail.jmp [Demo.Helper:Run()]"], JitLog.Read(Log.Split('\n'))[1].Calls);
}
