using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.Benchmarks.Machine;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>
/// Holds a process to narrower vectors than the hardware has. The runtime reads its switches when it starts, so the program starts itself again.
/// </summary>
internal static class WidthSwitch
{
    /// <summary>Starts this program again with vectors of a given width.</summary>
    /// <param name="bits">The width; not the one in force.</param>
    /// <returns>The exit code of that run.</returns>
    /// <exception cref="NotSupportedException">The hardware has no such vectors.</exception>
    public static int RunAgain(int bits)
    {
        string? variable = bits switch
        {
            256 => "DOTNET_EnableAVX512",
            128 => "DOTNET_EnableAVX2",
            _ => null,
        };
        if (bits > HardwareVectors.Bits || variable is null)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"{bits}-bit vectors are not to be had; the widest in force have {HardwareVectors.Bits} bits."));
        }

        ProcessStartInfo start = SameCommandLine();
        start.Environment[variable] = "0";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static ProcessStartInfo SameCommandLine()
    {
        string host = Environment.ProcessPath!;
        string[] arguments = Environment.GetCommandLineArgs();

        // The first argument is the program's assembly, which its own executable knows and `dotnet` must be told.
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(host, isDotnet ? arguments : arguments[1..]);
    }
}
