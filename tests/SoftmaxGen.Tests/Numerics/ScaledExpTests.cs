using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>The exponentials keep the bounds they document, over the whole range they document.</summary>
public class ScaledExpTests
{
    private static readonly Dictionary<string, Variant<double>> Doubles = new()
    {
        ["128-bit double"] = new(1, ScaledExp128.DoubleScale, Lanes.Of((Vector128<double> t) => ScaledExp128.Exp(t))),
        ["256-bit double"] = new(1, ScaledExp256.DoubleScale, Lanes.Of((Vector256<double> t) => ScaledExp256.Exp(t))),
        ["512-bit double"] = new(16, ScaledExp512.DoubleScale, Lanes.Of((Vector512<double> t) => ScaledExp512.Exp(t))),
    };

    private static readonly Dictionary<string, Variant<float>> Floats = new()
    {
        ["128-bit float"] = new(1, ScaledExp128.SingleScale, Lanes.Of((Vector128<float> t) => ScaledExp128.Exp(t))),
        ["256-bit float"] = new(1, ScaledExp256.SingleScale, Lanes.Of((Vector256<float> t) => ScaledExp256.Exp(t))),
        ["512-bit float"] = new(32, ScaledExp512.SingleScale, Lanes.Of((Vector512<float> t) => ScaledExp512.Exp(t))),
    };

    public static TheoryData<string> DoubleVariants => [.. Doubles.Keys.Where(VectorWidths.Has)];

    public static TheoryData<string> FloatVariants => [.. Floats.Keys.Where(VectorWidths.Has)];

    [LongTheory(every: 2)]
    [MemberData(nameof(DoubleVariants))]
    public void Doubles_keep_their_bound(string name)
    {
        Variant<double> exp = Doubles[name];
        double[] arguments = [.. Grid(1022, exp.Steps)];
        double[] powers = new double[arguments.Length];
        exp.Of(arguments, powers);

        WorstCase worst = WorstCase.Of(arguments, i => FixedPoint.UlpsFromPowerOf2(powers[i], arguments[i] / exp.Steps, 53));

        Assert.True(worst.Error <= 1, $"{name}: {worst.Error} ulp at {worst.Argument:R}");
    }

    [LongTheory(every: 2)]
    [MemberData(nameof(FloatVariants))]
    public void Floats_are_within_2_ulp(string name)
    {
        Variant<float> exp = Floats[name];
        float[] arguments = [.. Grid(126, exp.Steps).Select(t => (float)t).Where(t => Math.Abs(t) < 126 * exp.Steps)];
        float[] powers = new float[arguments.Length];
        exp.Of(arguments, powers);

        WorstCase worst = WorstCase.Of(
            Array.ConvertAll(arguments, t => (double)t), i => FixedPoint.UlpsFromPowerOf2(powers[i], (double)arguments[i] / exp.Steps, 24));

        Assert.True(worst.Error <= 2, $"{name}: {worst.Error} ulp at {worst.Argument:R}");
    }

    [Theory]
    [MemberData(nameof(DoubleVariants))]
    public void Whole_powers_of_2_are_exact_in_double(string name)
    {
        Variant<double> exp = Doubles[name];
        double[] arguments = [.. Enumerable.Range(-1021, 2043).Select(n => (double)n * exp.Steps)];
        double[] powers = new double[arguments.Length];
        exp.Of(arguments, powers);

        Assert.Equal(arguments.Select(t => Math.ScaleB(1, (int)t / exp.Steps)), powers);
    }

    [Theory]
    [MemberData(nameof(FloatVariants))]
    public void Whole_powers_of_2_are_exact_in_float(string name)
    {
        Variant<float> exp = Floats[name];
        float[] arguments = [.. Enumerable.Range(-125, 251).Select(n => (float)n * exp.Steps)];
        float[] powers = new float[arguments.Length];
        exp.Of(arguments, powers);

        Assert.Equal(arguments.Select(t => MathF.ScaleB(1, (int)t / exp.Steps)), powers);
    }

    [Fact]
    public void Scales_turn_the_base_into_e()
    {
        Assert.All(Doubles.Values, exp => Assert.Equal(exp.Steps / Math.Log(2), exp.Scale, 1e-14));
        Assert.All(Floats.Values, exp => Assert.Equal(exp.Steps / Math.Log(2), exp.Scale, 1e-14));
    }

    /// <summary>Arguments over the whole range, over two turns of the table, near 0, and around the places where the rounded exponent steps.</summary>
    private static IEnumerable<double> Grid(int reach, int steps)
    {
        Random random = new(1);
        double end = (double)reach * steps;
        for (int i = 0; i < 20_000; i++)
        {
            yield return ((2 * random.NextDouble()) - 1) * end;
            yield return ((2 * random.NextDouble()) - 1) * steps;
            yield return ((2 * random.NextDouble()) - 1) * Math.ScaleB(1, -random.Next(1, 60));
        }

        for (int half = -4 * steps; half <= 4 * steps; half++)
        {
            yield return half / 2.0;
            yield return Math.BitIncrement(half / 2.0);
            yield return Math.BitDecrement(half / 2.0);
        }

        yield return Math.BitDecrement(end);
        yield return -Math.BitDecrement(end);
    }

    /// <param name="Steps">The base is <c>2^(1/Steps)</c>.</param>
    /// <param name="Scale">What turns the base into e.</param>
    /// <param name="Of">The exponentials.</param>
    private sealed record Variant<T>(int Steps, double Scale, LaneMap<T> Of);
}
