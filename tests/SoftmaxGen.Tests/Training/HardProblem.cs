using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>A random member of a kind of small problem that is hard to answer truthfully.</summary>
internal sealed class HardProblem
{
    private HardProblem(ModelShape shape, HardKind kind, Random random)
    {
        Kind = kind;
        (int classes, int m) = (shape.Classes, shape.Features);
        int count = random.Next(classes * 3, 30);
        Rows = new double[count * m];
        Labels = [.. Enumerable.Range(0, count).Select(i => i < classes ? i : random.Next(classes))];
        RowWeights = [.. Labels.Select(_ => random.Next(3) == 0 ? 0.25 + random.NextDouble() : 1)];
        Constant = new bool[m];

        // On a grid, so that ties are ties in every arithmetic. Classes overlap.
        for (int i = 0; i < Rows.Length; i++)
        {
            Rows[i] = Grid(random, 64) + (random.Next(2) == 0 ? Labels[i / m] : 0);
        }

        switch (kind)
        {
            case HardKind.NearlyConstant:
                NearlyConstant(random, m);
                break;
            case HardKind.FarRow:
                Scale(random.Next(count) * m, m, _ => Math.Pow(10, random.Next(3, 13)));
                break;
            case HardKind.SaturatedStart:
                double size = Math.Pow(10, random.Next(1, 5));
                Start = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => size * Grid(random, 4))];
                break;
            case HardKind.FarFromZero:
                double[] origins = [.. Enumerable.Range(0, m).Select(_ => Math.Round(Math.Pow(10, random.Next(3, 10))))];
                Rows = [.. Rows.Select((x, i) => x + origins[i % m])];
                break;
            case HardKind.Offsets:
                Offsets = [.. Enumerable.Range(0, count * classes).Select(i => (i % classes == Labels[i / classes] ? 8 : 0) + (3 * Grid(random, 16)))];
                break;
            case HardKind.Separable:
                Separate(random, m, classes, tie: false);
                break;
            case HardKind.QuasiSeparable:
                Separate(random, m, classes, tie: true);
                break;
            case HardKind.Units:
                double[] units = [.. Enumerable.Range(0, m).Select(_ => Math.ScaleB(1, random.Next(-900, 900)))];
                Rows = [.. Rows.Select((x, i) => x * units[i % m])];
                break;
            case HardKind.ManyDecades:
                Separate(random, m, classes, tie: true);
                RowWeights = [.. RowWeights.Select((w, i) => i < classes ? w : Math.Pow(10, random.Next(-7, 5)))];
                break;
            case HardKind.Switches:
                Rows = [.. Rows.Select(_ => random.Next(4) == 0 ? 1.0 : 0)];
                Rows[random.Next(Rows.Length)] = Math.Pow(10, random.Next(3, 10));
                break;
            case HardKind.StartOfOtherUnits:
                double[] others = [.. Enumerable.Range(0, m).Select(_ => Math.ScaleB(1, random.Next(-900, 900)))];
                Rows = [.. Rows.Select((x, i) => x * others[i % m])];
                Start = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => 10 * Grid(random, 4))];
                break;
            case HardKind.Determined when m > 1:
                int power = random.Next(1, 4);
                for (int i = 0; i < count; i++)
                {
                    Rows[(i * m) + m - 1] = Math.Pow(Rows[i * m], power) + 1;
                }

                break;
            case HardKind.NearlyDetermined when m > 1:
                double remainder = Math.Pow(10, -random.Next(3, 10));
                for (int i = 0; i < Rows.Length; i += m)
                {
                    Rows[i + m - 1] = Rows.AsSpan(i, m - 1).ToArray().Sum() + (remainder * Grid(random, 64));
                }

                break;
            case HardKind.LightRows:
                RowWeights = [.. RowWeights.Select(w => w * Math.Pow(10, -random.Next(13)))];
                break;
            default:
                break;
        }

        L2 = random.Next(3) switch { 0 => 0, 1 => Math.Pow(10, random.Next(-9, -2)), _ => null };
        Standardize = random.Next(4) > 0 || kind is HardKind.Units or HardKind.StartOfOtherUnits;
        Tolerance = random.Next(4) == 0 ? Math.Pow(10, random.Next(-6, -1)) : 1e-6;
        Solver = (Solver)random.Next(4);
    }

    public HardKind Kind { get; }

    public double[] Rows { get; private set; }

    public int[] Labels { get; }

    public double[] RowWeights { get; private set; }

    public double[]? Offsets { get; }

    public double[] Start { get; } = [];

    /// <summary>Gets which features are constant but for rounding.</summary>
    public bool[] Constant { get; }

    public double? L2 { get; }

    public bool Standardize { get; }

    public double Tolerance { get; }

    public Solver Solver { get; }

    public static HardProblem Draw(ModelShape shape, HardKind kind, Random random) => new(shape, kind, random);

    /// <summary>Rounds rows and their weights to single precision.</summary>
    public void RoundToSingle()
    {
        Rows = [.. Rows.Select(x => (double)(float)x)];
        RowWeights = [.. RowWeights.Select(x => (double)(float)x)];
    }

    public PreciseSoftmax Oracle(int classes) =>
        new(classes, Rows, Labels, RowWeights, Offsets, L2 ?? (1 / RowWeights.Sum()), Standardize, Constant);

    private static double Grid(Random random, int steps) => random.Next(-steps, steps + 1) / (double)steps;

    // The last feature is a constant, give or take three units of its last place.
    private void NearlyConstant(Random random, int m)
    {
        double constant = (1 + random.NextDouble()) * Math.Pow(10, random.Next(-9, 10));
        double unit = Math.BitIncrement(constant) - constant;
        for (int i = m - 1; i < Rows.Length; i += m)
        {
            Rows[i] = constant + (unit * random.Next(4));
        }

        Constant[m - 1] = true;
    }

    private void Scale(int first, int count, Func<int, double> factor)
    {
        for (int i = first; i < first + count; i++)
        {
            Rows[i] = (Rows[i] == 0 ? 1 : Rows[i]) * factor(i);
        }
    }

    // The last class lies apart along the first feature, and with a tie it touches the others in two rows that are the same. Some rows weigh next to nothing.
    private void Separate(Random random, int m, int classes, bool tie)
    {
        for (int i = 0; i < Labels.Length; i++)
        {
            Rows[i * m] = tie ? (Labels[i] == classes - 1 ? 1 : -1) * (0.25 + random.NextDouble()) : (3 * Labels[i]) + random.NextDouble();
            RowWeights[i] *= random.Next(6) == 0 ? Math.Pow(10, -random.Next(13)) : 1;
        }

        if (tie)
        {
            int other = random.Next(classes - 1);
            for (int k = 0; k < m; k++)
            {
                double x = k == 0 ? 0 : Grid(random, 8);
                Rows[((classes - 1) * m) + k] = x;
                Rows[(other * m) + k] = x;
            }

            (RowWeights[classes - 1], RowWeights[other]) = (1, 1);
        }
    }
}
