using System.Globalization;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>The ranges of options.</summary>
internal static class OptionRange
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    /// <summary>Checks an interval of time: 1 millisecond to a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    public static void Interval(TimeSpan value, string option, string parameterName)
    {
        if (value < _shortest || value > _longest)
        {
            throw new ArgumentOutOfRangeException(
                parameterName, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be from {_shortest} to {_longest}."));
        }
    }
}
