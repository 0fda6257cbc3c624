using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

public sealed class StrongWolfeLineSearchTests
{
    private delegate (double Value, double Slope) Phi(double t);

    /// <summary>Functions with phi'(0) below 0, convex or not, whose acceptable steps lie near, far below and far above the first trial.</summary>
    private static readonly Dictionary<string, Phi> Functions = new()
    {
        ["parabola, minimum at the first step"] = t => (0.5 * (t - 1) * (t - 1), t - 1),
        ["parabola, minimum far beyond"] = t => (0.5 * (t - 1e6) * (t - 1e6), t - 1e6),
        ["parabola, minimum close by"] = t => (0.5 * (t - 1e-7) * (t - 1e-7), t - 1e-7),
        ["parabola, first step just short of the mirror image"] = t => (0.5 * (t - 0.501) * (t - 0.501), t - 0.501),
        ["exponential wall"] = t => (Math.Exp(40 * t) - (1e3 * t), (40 * Math.Exp(40 * t)) - 1e3),
        ["logistic loss of one separable row and a penalty"] = t => (
            Math.Log(1 + Math.Exp(-t)) + (5e-5 * t * t), (-1 / (1 + Math.Exp(t))) + (1e-4 * t)),
        ["soft corner"] = t => (Math.Sqrt(((t - 3) * (t - 3)) + 1e-6), (t - 3) / Math.Sqrt(((t - 3) * (t - 3)) + 1e-6)),
        ["not convex, More and Thuente 5.1"] = t => (-t / ((t * t) + 2), ((t * t) - 2) / (((t * t) + 2) * ((t * t) + 2))),
        ["not convex, More and Thuente 5.2"] = t => (
            Math.Pow(t + 0.004, 5) - (2 * Math.Pow(t + 0.004, 4)), (5 * Math.Pow(t + 0.004, 4)) - (8 * Math.Pow(t + 0.004, 3))),
        ["not convex, waves"] = t => ((0.1 * t * t) - t + (0.9 * Math.Sin(3 * t)), (0.2 * t) - 1 + (2.7 * Math.Cos(3 * t)) - 2.7),
        ["not convex, narrow valley before the second step, slope of the plateau beyond"] = t => (
            (-0.1 * (1 - Math.Exp(-t))) - (5 * Math.Exp(-16 * (t - 1.2) * (t - 1.2))),
            (-0.1 * Math.Exp(-t)) + (160 * (t - 1.2) * Math.Exp(-16 * (t - 1.2) * (t - 1.2)))),
        ["not convex, narrow valley in a plateau before a wall"] = t => (
            (-0.01 * (1 - Math.Exp(-10 * t))) - (5 * Math.Exp(-1e4 * (t - 0.635) * (t - 0.635))) + Math.Pow(t, 20),
            (-0.1 * Math.Exp(-10 * t)) + (1e5 * (t - 0.635) * Math.Exp(-1e4 * (t - 0.635) * (t - 0.635))) + (20 * Math.Pow(t, 19))),
        ["not a number beyond a hundredth"] = t => t > 0.01 ? (double.NaN, double.NaN) : ((t - 0.005) * (t - 0.005), 2 * (t - 0.005)),
        ["infinite beyond a hundredth"] = t => t > 0.01 ? (double.PositiveInfinity, double.NaN) : ((t - 0.005) * (t - 0.005), 2 * (t - 0.005)),
    };

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void Find_satisfies_the_strong_wolfe_conditions(string name)
    {
        var line = new Line(Functions[name]);
        LinePoint origin = line.Origin;

        LinePoint? found = StrongWolfeLineSearch.Find(line);

        Assert.NotNull(found);
        LinePoint point = found.Value;
        Assert.True(point.Step > 0);
        Assert.True(point.Value <= origin.Value + (1e-4 * point.Step * origin.Slope), $"{point} does not decrease enough from {origin}.");
        Assert.True(Math.Abs(point.Slope) <= 0.9 * -origin.Slope, $"{point} is too steep after {origin}.");
        Assert.Equal(line.Evaluated[^1], point);
    }

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void Find_does_not_pass_over_a_lower_point_for_a_higher_one(string name)
    {
        var line = new Line(Functions[name]);

        LinePoint? found = StrongWolfeLineSearch.Find(line);

        Assert.NotNull(found);
        Assert.All(
            line.Evaluated,
            point => Assert.False(point.Value < found.Value.Value && point.Value <= line.Origin.Value + (1e-4 * point.Step * line.Origin.Slope)));
    }

    [Fact]
    public void Find_accepts_a_good_first_step_at_once()
    {
        var line = new Line(Functions["parabola, minimum at the first step"]);

        StrongWolfeLineSearch.Find(line);

        Assert.Single(line.Evaluated);
    }

    [Fact]
    public void Find_interpolates_a_parabola_exactly()
    {
        var line = new Line(t => (0.5 * (t - 0.3) * (t - 0.3), t - 0.3));

        LinePoint? found = StrongWolfeLineSearch.Find(line);

        Assert.NotNull(found);
        Assert.Equal(0.3, found.Value.Step, 1e-14);
        Assert.Equal(2, line.Evaluated.Count);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void Find_refuses_a_line_that_does_not_descend(double slope)
    {
        var line = new Line(t => (slope * t, slope));

        Assert.Null(StrongWolfeLineSearch.Find(line));
        Assert.Empty(line.Evaluated);
    }

    [Fact]
    public void Find_gives_up_when_the_slope_never_flattens()
    {
        var line = new Line(t => (-t, -1));

        Assert.Null(StrongWolfeLineSearch.Find(line));
        Assert.InRange(line.Evaluated.Count, 1, 100);
    }

    [Fact]
    public void Find_gives_up_when_the_values_contradict_the_slopes()
    {
        var line = new Line(t => (t, -1));

        Assert.Null(StrongWolfeLineSearch.Find(line));
        Assert.InRange(line.Evaluated.Count, 1, 100);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.0)]
    [InlineData(1.7)]
    [InlineData(30.0)]
    public void Find_goes_by_the_slope_where_values_are_rounding_noise(double minimum)
    {
        // The true change of the value, below 1e-17, is lost in a noise of 1e-15 that rises at some trials.
        const double Scale = 1e-20;
        var line = new Line(t => (1 + (1e-15 * Math.Sin(1e3 * t)), Scale * (t - minimum))) { Noise = 2.1e-15 };

        LinePoint? found = StrongWolfeLineSearch.Find(line);

        Assert.NotNull(found);
        Assert.True(Math.Abs(found.Value.Slope) <= 0.9 * Scale * minimum);
        Assert.InRange(line.Evaluated.Count, 1, 2);
    }

    [Theory]
    [InlineData(-2e-4, true)]
    [InlineData(-5e-5, false)]
    [InlineData(1.0, false)]
    public void Find_accepts_a_flat_first_step_only_if_it_decreases_sufficiently(double value, bool accepts)
    {
        // The cubic with phi(0) = 0, phi'(0) = -1, phi(1) = value, phi'(1) = 0; c1 = 1e-4 asks for phi(1) <= -1e-4.
        var line = new Line(t => (
            (value * t * t * (3 - (2 * t))) - (t * (1 - t) * (1 - t)), (6 * value * t * (1 - t)) - ((1 - t) * (1 - (3 * t)))));

        LinePoint? found = StrongWolfeLineSearch.Find(line);

        Assert.NotNull(found);
        Assert.Equal(accepts, found.Value.Step == 1);
    }

    private sealed class Line(Phi phi) : ILineFunction
    {
        public LinePoint Origin => Point(0);

        public double Noise { get; init; }

        public List<LinePoint> Evaluated { get; } = [];

        public LinePoint At(double step)
        {
            Evaluated.Add(Point(step));
            return Evaluated[^1];
        }

        private LinePoint Point(double step)
        {
            (double value, double slope) = phi(step);
            return new LinePoint(step, value, slope);
        }
    }
}
