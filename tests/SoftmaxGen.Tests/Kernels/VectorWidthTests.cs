using System.Diagnostics;
using System.Globalization;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// The tests of kernels, predictions and numerics pass with narrower vectors than this machine's too, and those of all that stands on them, but for the
/// longest: they run again in child processes whose runtime has instruction sets switched off.
/// </summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class VectorWidthTests
{
    private static readonly string[] _wholly = ["Kernels", "Prediction", "Numerics", "Memory"];

    // What stands on the kernels: training, evaluation, learning online, and files. Where no vector is accelerated it would take minutes.
    private static readonly string[] _quickly = ["Training", "Evaluation", "Online", "Persistence", "Pretrained", "Typed", "Data"];
    private static readonly string[] _quicklyWithoutVectors = ["Persistence", "Data"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Gets the widths that a switch can bring about here; 0 stands for no acceleration at all, in which fewer shapes are run.</summary>
    public static TheoryData<int, string> NarrowerWidths
    {
        get
        {
            var widths = new TheoryData<int, string> { { 0, "DOTNET_EnableHWIntrinsic" } };
            if (VectorWidth.InForce > 128)
            {
                widths.Add(128, "DOTNET_EnableAVX2");
            }

            if (VectorWidth.InForce > 256)
            {
                widths.Add(256, "DOTNET_EnableAVX512");
            }

            return widths;
        }
    }

    [Theory]
    [MemberData(nameof(NarrowerWidths))]
    public async Task All_is_well_with_vectors_of(int bits, string switchedOff)
    {
        Assert.Null(VectorWidth.Announced);
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string filter = Filter(bits == 0 ? _quicklyWithoutVectors : _quickly);
        string[] arguments =
            ["test", typeof(VectorWidthTests).Assembly.Location, "--filter", filter, "--", "RunConfiguration.TreatNoTestsAsError=true"];
        ProcessStartInfo start = new(host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[switchedOff] = "0";
        start.Environment[VectorWidth.Variable] = bits.ToString(CultureInfo.InvariantCulture);

        (int exitCode, string output) = await RunAsync(start);

        Assert.True(exitCode == 0, $"With {switchedOff}=0 the tests end with {exitCode}:\n{output}");
    }

    // The pages of the documentation quote the digits that the widest vectors give.
    private static string Filter(string[] quickly) =>
        $"({Any(_wholly)}|(({Any(quickly)})&(Category!=Slow|Category=EveryWidth)&FullyQualifiedName!~PageExampleTests))"
        + $"&FullyQualifiedName!~{nameof(VectorWidthTests)}";

    private static string Any(string[] spaces) => string.Join('|', spaces.Select(static space => $"FullyQualifiedName~SoftmaxGen.Tests.{space}"));

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        using Process child = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        Task<string> output = child.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = child.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await child.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
        }

        return (child.ExitCode, await output + await error);
    }
}
