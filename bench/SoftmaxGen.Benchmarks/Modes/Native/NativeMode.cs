using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>Compares predictions of single rows with C++ that is written by hand for each shape.</summary>
internal static class NativeMode
{
    private static readonly Func<nint, NativeResult>[] _contests =
    [
        NativeContest<Double3x4>.Run,
        NativeContest<Double4x8>.Run,
        NativeContest<Double2x30>.Run,
        NativeContest<Double10x16>.Run,
        NativeContest<Double10x64>.Run,
        NativeContest<Double26x16>.Run,
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        if (HardwareVectors.Bits < 512)
        {
            Console.Error.WriteLine("The C++ is written for AVX-512, which this machine has not.");
            return 1;
        }

        string? file = NativeLibraryFile.Compile();
        if (file is null)
        {
            Console.Error.WriteLine($"What is written in C++ could not be compiled by: {NativeLibraryFile.Command}");
            return 1;
        }

        nint library = NativeLibrary.Load(file);
        return MarkdownOption.Run(args, "native", () => Write([.. _contests.Select(run => run(library))]));
    }

    private static string Write(NativeResult[] results)
    {
        var text = new StringBuilder();
        Line(text, $"# Single predictions and C++ by hand, {HardwareVectors.Bits}-bit vectors\n");
        Line(text, $"{DateTime.UtcNow:yyyy-MM-dd}. Nanoseconds per row, one thread.\n");
        Line(text, $"```\n{string.Join('\n', [.. HostEnvironmentInfo.GetCurrent().ToFormattedString(), RuntimeInformation.FrameworkDescription])}\n```\n");
        WriteTable(text, results, "Fastest round", static times => times.Minimum);
        WriteTable(text, results, "Median round", static times => times.Median);
        Line(text, $"""
            ## Method

            - The C++ is `Baselines/Native/predict.cpp`, compiled by this mode: `{NativeLibraryFile.Command}`. It is AVX-512 by intrinsics, a template
              instance for each shape, a virtual call for each row, and refuses a row with a score that is not finite, as generated code does. It checks no lengths.
            - *Fresh* rows are written to one array, number by number, just before each label; the writing is subtracted, each language's own.
            - Both predict the same 64 rows one by one, in a loop each; calls go through a delegate here, through a virtual function there. That they agree, and
              that C++ refuses NaN, is checked first. They take turns for 50 rounds of at least 2 ms.

            """);
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, NativeResult[] results, string title, Func<RoundTimes, double> of)
    {
        Line(text, $"## {title}\n");
        Line(text, $"| classes x features | label | C++ | ratio | label, fresh | C++ | ratio | probabilities | C++ | ratio |");
        Line(text, $"|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (NativeResult r in results)
        {
            string label = Compare(of(r.Label), of(r.NativeLabel));
            string fresh = Compare(r.Fresh.Label(of), r.NativeFresh.Label(of));
            string probabilities = Compare(of(r.Probabilities), of(r.NativeProbabilities));
            Line(text, $"| {r.Shape.Classes} x {r.Shape.Features} | {label} | {fresh} | {probabilities} |");
        }

        text.Append('\n');
    }

    private static string Compare(double ours, double native) => string.Create(CultureInfo.InvariantCulture, $"{ours:F1} | {native:F1} | {ours / native:F2}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
