using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>The logarithms keep the bounds they document, for normal positive arguments of every size.</summary>
public class VectorLogTests
{
    private static readonly Dictionary<string, LaneMap<double>> Doubles = new()
    {
        ["128-bit double"] = Lanes.Of((Vector128<double> z) => VectorLog.Log(z)),
        ["256-bit double"] = Lanes.Of((Vector256<double> z) => VectorLog.Log(z)),
        ["512-bit double"] = Lanes.Of((Vector512<double> z) => VectorLog.Log(z)),
    };

    private static readonly Dictionary<string, LaneMap<float>> Floats = new()
    {
        ["128-bit float"] = Lanes.Of((Vector128<float> z) => VectorLog.Log(z)),
        ["256-bit float"] = Lanes.Of((Vector256<float> z) => VectorLog.Log(z)),
        ["512-bit float"] = Lanes.Of((Vector512<float> z) => VectorLog.Log(z)),
    };

    public static TheoryData<string> DoubleVariants => [.. Doubles.Keys.Where(VectorWidths.Has)];

    public static TheoryData<string> FloatVariants => [.. Floats.Keys.Where(VectorWidths.Has)];

    [LongTheory(every: 3)]
    [MemberData(nameof(DoubleVariants))]
    public void Doubles_are_within_2_ulp_or_2e_16(string name)
    {
        double[] arguments = [.. Grid(-1022, 1023, Math.BitIncrement, Math.BitDecrement)];
        double[] logs = new double[arguments.Length];
        Doubles[name](arguments, logs);

        WorstCase worst = WorstCase.Of(arguments, i =>
        {
            (double distance, double ulps) = FixedPoint.FromLog(logs[i], arguments[i], 53);
            return distance <= 2e-16 ? 0 : ulps;
        });

        Assert.True(worst.Error <= 2, $"{name}: {worst.Error} ulp at {worst.Argument:R}");
    }

    [LongTheory(every: 3)]
    [MemberData(nameof(FloatVariants))]
    public void Floats_are_within_1_ulp(string name)
    {
        double[] arguments = [.. Grid(-126, 127, z => MathF.BitIncrement((float)z), z => MathF.BitDecrement((float)z)).Select(z => (double)(float)z)];
        float[] logs = new float[arguments.Length];
        Floats[name](Array.ConvertAll(arguments, z => (float)z), logs);

        WorstCase worst = WorstCase.Of(arguments, i => FixedPoint.FromLog(logs[i], arguments[i], 24).Ulps);

        Assert.True(worst.Error <= 1, $"{name}: {worst.Error} ulp at {worst.Argument:R}");
    }

    [Theory]
    [MemberData(nameof(DoubleVariants))]
    public void The_logarithm_of_1_is_0(string name)
    {
        double[] logs = [double.NaN];
        Doubles[name]([1], logs);

        Assert.Equal(0, logs[0]);
    }

    /// <summary>Arguments in every octave, near 1, and around the ends of the octaves and of those about the square root of 2.</summary>
    private static IEnumerable<double> Grid(int firstExponent, int lastExponent, Func<double, double> up, Func<double, double> down)
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            yield return Math.ScaleB(1 + random.NextDouble(), random.Next(firstExponent, lastExponent));
            yield return 0.5 + (1.5 * random.NextDouble());
            yield return 1 + (((2 * random.NextDouble()) - 1) * Math.ScaleB(1, -random.Next(1, 53)));
        }

        for (int exponent = firstExponent; exponent <= lastExponent; exponent++)
        {
            double octave = Math.ScaleB(1, exponent);
            double turn = octave * Math.Sqrt(2);
            yield return octave;
            yield return up(octave);
            yield return turn;
            yield return up(turn);
            yield return down(turn);
            if (exponent > firstExponent)
            {
                yield return down(octave);
            }
        }
    }
}
