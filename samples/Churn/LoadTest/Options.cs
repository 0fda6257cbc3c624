using System.Globalization;

namespace ChurnLoadTest;

/// <summary>What to do, from the command line: <c>--rate 10000 --seconds 20 --swaps 100 --bad 10 --connections 32 --p99 2</c>, in any order.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Swaps">How many new models are put over the file of the service meanwhile.</param>
/// <param name="BadFiles">How many files that are no model.</param>
/// <param name="Connections">The number of connections.</param>
/// <param name="LongestP99">The 99th percentile of the latency that is allowed, in milliseconds; infinite where the time is not to be judged.</param>
internal sealed record Options(int Rate, int Seconds, int Swaps, int BadFiles, int Connections, double LongestP99)
{
    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">The arguments: names and values in turn.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A name is unknown or has no value.</exception>
    public static Options Parse(string[] arguments)
    {
        var options = new Options(Rate: 10_000, Seconds: 20, Swaps: 100, BadFiles: 10, Connections: 32, LongestP99: double.PositiveInfinity);
        foreach (string[] pair in arguments.Chunk(2))
        {
            double value = pair.Length == 2 ? double.Parse(pair[1], CultureInfo.InvariantCulture) : throw new ArgumentException($"{pair[0]} has no value.");
            options = pair[0] switch
            {
                "--rate" => options with { Rate = (int)value },
                "--seconds" => options with { Seconds = (int)value },
                "--swaps" => options with { Swaps = (int)value },
                "--bad" => options with { BadFiles = (int)value },
                "--connections" => options with { Connections = (int)value },
                "--p99" => options with { LongestP99 = value },
                _ => throw new ArgumentException($"{pair[0]} is no option; there are --rate, --seconds, --swaps, --bad, --connections and --p99."),
            };
        }

        return options;
    }
}
