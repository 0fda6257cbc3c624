namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>A shape that costs more than its neighbours on a line.</summary>
/// <param name="Measure">What costs more.</param>
/// <param name="Before">The neighbour with one class or one feature less; null at the beginning of a line.</param>
/// <param name="Shape">The shape.</param>
/// <param name="After">The neighbour with one more; null at the end of a line.</param>
internal sealed record Cliff(Measure Measure, ShapeClock? Before, ShapeClock Shape, ShapeClock? After)
{
    // What a larger shape must take less than a smaller one: two runs of one shape differ by so much.
    private const double Noise = 1.04;

    // What a multiplication may cost more than that of the neighbours.
    private const double MostOfNeighbours = 1.15;

    /// <summary>Gets the shapes to time by turns.</summary>
    public IEnumerable<ShapeClock> Clocks => new[] { Before, Shape, After }.OfType<ShapeClock>();

    /// <summary>Gets the time of a row of the shape as a multiple of that of the larger neighbour; 0 where there is none.</summary>
    public double OfLarger => After is null ? 0 : Nanoseconds(Shape) / Nanoseconds(After);

    /// <summary>Gets the time of a multiplication as a multiple of that of the dearer neighbour.</summary>
    public double OfNeighbours => Before is null || After is null
        ? 0
        : PerMultiplication(Shape) / Math.Max(PerMultiplication(Before), PerMultiplication(After));

    /// <summary>Gets a value indicating whether the shape had better be padded to the larger one.</summary>
    public bool IsDearerThanLarger => OfLarger > Noise;

    /// <summary>Gets a value indicating whether a multiplication costs much more than those of both neighbours.</summary>
    public bool IsRidge => OfNeighbours > MostOfNeighbours;

    /// <summary>Looks at each shape of a line.</summary>
    /// <param name="line">The shapes in order.</param>
    /// <returns>Those that cost more than their neighbours, for each measure.</returns>
    public static IEnumerable<Cliff> Find(ShapeClock[] line) =>
        from measure in Measure.All
        from i in Enumerable.Range(0, line.Length)
        let cliff = new Cliff(measure, i > 0 ? line[i - 1] : null, line[i], i < line.Length - 1 ? line[i + 1] : null)
        where cliff.IsDearerThanLarger || cliff.IsRidge
        select cliff;

    /// <summary>Gets the time of a row.</summary>
    /// <param name="clock">The clock of the shape or of a neighbour.</param>
    /// <returns>Nanoseconds.</returns>
    public double Nanoseconds(ShapeClock clock) => clock.Nanoseconds(Measure);

    private double PerMultiplication(ShapeClock clock) => Nanoseconds(clock) / clock.Shape.ParameterCount;
}
