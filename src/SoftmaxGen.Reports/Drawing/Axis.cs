using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>An axis: which numbers it covers, linear or logarithmic, and its ticks.</summary>
internal sealed class Axis
{
    private const int MostTicks = 6;

    private readonly bool _isLogarithmic;
    private readonly double _low;
    private readonly double _high;

    private Axis(string title, double low, double high, bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        Title = title;
        _low = low;
        _high = high;
        _isLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    /// <summary>Gets what the numbers are.</summary>
    public string Title { get; }

    /// <summary>Gets the numbers that have a mark.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Gets how a tick is written.</summary>
    public Func<double, string> Format { get; init; } = static value => Numbers.Digits(value, 3);

    /// <summary>Makes an axis of shares, from 0 to 1.</summary>
    public static Axis Share(string title) => new(title, 0, 1, false, [0, 0.25, 0.5, 0.75, 1]);

    /// <summary>Makes an axis that covers numbers, and ends at ticks.</summary>
    /// <param name="title">What the numbers are.</param>
    /// <param name="values">The numbers; those that are not finite do not count.</param>
    public static Axis Of(string title, IEnumerable<double> values)
    {
        (double low, double high) = Range(values);
        double step = Step(high - low);
        double first = Math.Floor((low / step) + 1e-9) * step;
        double last = Math.Ceiling((high / step) - 1e-9) * step;
        int count = (int)Math.Round((last - first) / step);

        // From whole multiples, so that 0.3 is no 0.30000000000000004.
        double origin = Math.Round(first / step);
        return new Axis(title, first, last, false, [.. Enumerable.Range(0, count + 1).Select(i => (origin + i) * step)]);
    }

    /// <summary>Makes an axis of the numbers of iterations, from 0.</summary>
    public static Axis Steps(string title, int last)
    {
        int step = Math.Max(1, (int)Math.Ceiling(Step(Math.Max(1, last))));
        return new Axis(title, 0, Math.Max(1, last), false, [.. Enumerable.Range(0, (Math.Max(1, last) / step) + 1).Select(i => (double)(i * step))]);
    }

    /// <summary>Makes a logarithmic axis.</summary>
    /// <param name="title">What the numbers are.</param>
    /// <param name="low">The lowest number, positive.</param>
    /// <param name="high">The highest number.</param>
    /// <param name="zero">The place of 0, which has none of its own; null where there is no 0.</param>
    public static Axis Logarithmic(string title, double low, double high, double? zero = null)
    {
        double first = Math.Floor(Math.Log10(low) + 1e-9);
        double last = Math.Max(first + 1, Math.Ceiling(Math.Log10(high) - 1e-9));
        int step = (int)Math.Ceiling((last - first) / MostTicks);
        IEnumerable<double> powers = Enumerable.Range(0, ((int)(last - first) / step) + 1).Select(i => Math.Pow(10, first + (i * step)));
        return new Axis(title, first, last, true, zero is double none ? [none, .. powers.Where(power => power > 3 * none)] : [.. powers])
        {
            Format = value => value == zero ? "0" : Numbers.Digits(value, 3),
        };
    }

    /// <summary>Finds the place of a number.</summary>
    /// <param name="value">The number, finite; positive where the axis is logarithmic.</param>
    /// <param name="from">The place of the low end.</param>
    /// <param name="to">The place of the high end.</param>
    public double Place(double value, double from, double to) =>
        from + (((_isLogarithmic ? Math.Log10(value) : value) - _low) / (_high - _low) * (to - from));

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return (0, 1);
        }

        (double low, double high) = (finite.Min(), finite.Max());

        // Numbers that hardly differ: a little room, or steps would vanish in rounding.
        double least = Math.Max(1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)), 1e-300);
        return high - low > least ? (low, high) : (low - Room(low), high + Room(high));
    }

    private static double Room(double value) => value == 0 ? 0.5 : 0.1 * Math.Abs(value);

    // 1, 2 or 5 times a power of ten.
    private static double Step(double range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / MostTicks)));
        double ratio = range / MostTicks / power;
        return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    }
}
