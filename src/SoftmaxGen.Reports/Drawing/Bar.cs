namespace SoftmaxGen.Reports.Drawing;

/// <summary>A bar, or a point with an interval, of <see cref="Bars"/>.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">Its number.</param>
internal sealed record Bar(string Name, double Value)
{
    /// <summary>Gets the interval around the number; null where there is none.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>Gets what is written beside the bar.</summary>
    public string Text { get; init; } = Markup.Numbers.Digits(Value, 3);
}
