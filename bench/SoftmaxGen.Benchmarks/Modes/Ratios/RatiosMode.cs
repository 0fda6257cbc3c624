using System.Runtime.InteropServices;
using System.Text.Json;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>Compares generated code with the code one would write otherwise, and with the limits of the machine, within a minute.</summary>
internal static class RatiosMode
{
    private const int ScalingRows = 1_000_000;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private static readonly Func<int, Roofline, ShapeResult>[] _contests =
    [
        ShapeContest<Double2x4, Single2x4>.Run,
        ShapeContest<Double3x4, Single3x4>.Run,
        ShapeContest<Double4x8, Single4x8>.Run,
        ShapeContest<Double2x30, Single2x30>.Run,
        ShapeContest<Double10x16, Single10x16>.Run,
        ShapeContest<Double10x64, Single10x64>.Run,
        ShapeContest<Double7x54, Single7x54>.Run,
        ShapeContest<Double26x16, Single26x16>.Run,
        ShapeContest<Double100x32, Single100x32>.Run,
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        try
        {
            RatiosOptions options = RatiosOptions.Parse(args);
            return options.Width is int bits && bits != HardwareVectors.Bits ? WidthSwitch.RunAgain(bits) : Run(options);
        }
        catch (Exception failure) when (failure is FormatException or NotSupportedException)
        {
            Console.Error.WriteLine($"{failure.Message}{Environment.NewLine}{RatiosOptions.Usage}");
            return 2;
        }
    }

    private static int Run(RatiosOptions options)
    {
        RatiosResult result = Measure(options.Rows);
        string report = MarkdownReport.Write(result);
        Console.Write(report);
        Write(options.MarkdownFile, report);
        Write(options.JsonFile, JsonSerializer.Serialize(result, _json));
        return result.Scaling.SameBits ? 0 : 1;
    }

    private static RatiosResult Measure(int rows)
    {
        Roofline roofline = Roofline.Measure();
        return new RatiosResult
        {
            Date = DateOnly.FromDateTime(DateTime.UtcNow),
            Environment = [.. HostEnvironmentInfo.GetCurrent().ToFormattedString(), RuntimeInformation.FrameworkDescription],
            VectorBits = HardwareVectors.Bits,
            Roofline = roofline,
            Shapes = [.. _contests.Select(run => run(rows, roofline))],
            Scaling = ScalingContest.Run<Double10x16>(ScalingRows, roofline),
        };
    }

    private static void Write(string? file, string text)
    {
        if (file is not null)
        {
            File.WriteAllText(file, text);
        }
    }
}
