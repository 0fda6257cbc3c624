using System.Reflection;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// The kernel of batches whose lanes are classes, called by itself: what it refuses goes another way, which would hide that it refuses too much or too
/// little. Empty where there are no 512-bit vectors.
/// </summary>
public class ClassLanesTests
{
    private const int BlockRows = 8;
    private const double Most = 256;

    private delegate bool Kernel(ref double x, ref double w, ref double columns, ref double e, ref double p, int blocks);

    /// <summary>Gets the names of the models, or nothing but a placeholder.</summary>
    public static TheoryData<string> Models => VectorWidth.InForce < 512
        ? [""]
        :
        [
            nameof(Double17x8), nameof(Double24x8), nameof(Double26x16), nameof(Double26x64), nameof(Double27x34), nameof(Double28x10Propagating),
            nameof(Double29x22),
        ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_tile_from_a_block_to_eight(string name) => ForModel(name, static (run, sample) =>
    {
        for (int blocks = 1; blocks <= 8; blocks++)
        {
            double[] rows = sample.Rows[..(blocks * BlockRows * run.Features)];

            Assert.True(run.Predict(sample.Weights, rows, out double[] probabilities));

            for (int row = 0; row < blocks * BlockRows; row++)
            {
                double[] scores = PlainSoftmax.Scores(sample.Weights, run.Row(rows, row));
                AssertClose.Vector(PlainSoftmax.Probabilities(scores), run.Probabilities(probabilities, row), 1e-13, $"{blocks} blocks, row {row}");
            }
        }
    });

    [Theory]
    [MemberData(nameof(Models))]
    public void Scores_of_any_class_up_to_the_limit(string name) => ForModel(name, static (run, sample) =>
    {
        for (int j = 0; j < run.Classes; j++)
        {
            foreach (double sign in (double[])[1, -1])
            {
                double[] weights = new double[sample.Weights.Length];
                weights[j * (run.Features + 1)] = sign * Most;
                Assert.True(run.Predict(weights, sample.Rows, out double[] probabilities));
                double[] expected = PlainSoftmax.Probabilities([.. Enumerable.Range(0, run.Classes).Select(k => weights[k * (run.Features + 1)])]);
                AssertClose.Vector(expected, run.Probabilities(probabilities, 5), 1e-13, $"Class {j}");

                weights[j * (run.Features + 1)] = sign * Math.BitIncrement(Most);
                Assert.False(run.Predict(weights, sample.Rows, out _), $"Class {j}, {sign}");
            }
        }
    });

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_not_finite_in_any_row(string name) => ForModel(name, static (run, sample) =>
    {
        for (int row = 0; row < sample.Rows.Length / run.Features; row++)
        {
            foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                double[] rows = [.. sample.Rows];
                rows[(row * run.Features) + (row % run.Features)] = value;

                Assert.False(run.Predict(sample.Weights, rows, out _), $"{value} in row {row}");
            }
        }
    });

    [Theory]
    [MemberData(nameof(Models))]
    public void Nothing_but_the_probabilities_is_written(string name) => ForModel(name, static (run, sample) =>
    {
        Assert.True(run.Predict(sample.Weights, sample.Rows[..(3 * BlockRows * run.Features)], out double[] probabilities));

        Assert.All(probabilities[(3 * BlockRows * run.Classes)..], static p => Assert.Equal(-1, p));
    });

    private static void ForModel(string name, Action<Run, Sample> check)
    {
        if (name.Length > 0)
        {
            Type model = typeof(Double3x4).Assembly.GetType($"{typeof(Double3x4).Namespace}.{name}", throwOnError: true)!;
            ModelShape shape = ShapeCase.Of(name).Shape;
            check(new Run(model, shape), Sample.Of(shape, 8 * BlockRows));
        }
    }

    private sealed class Run(Type model, ModelShape shape)
    {
        private const int Vector = 8;

        private readonly Kernel _kernel = model.GetNestedType("SoftmaxKernels512", BindingFlags.NonPublic)!
            .GetMethod("ClassLanes", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Kernel>();

        public int Classes => shape.Classes;

        public int Features => shape.Features;

        public bool Predict(double[] weights, double[] rows, out double[] probabilities)
        {
            double[] columns = PredictionWeights.Columns<double>(weights, Features + 1, (Classes + Vector - 1) / Vector * Vector, Vector);
            double[] scratch = new double[2 * rows.Length / Features * Classes];
            probabilities = new double[(rows.Length / Features * Classes) + (2 * Vector)];
            Array.Fill(probabilities, -1);
            int blocks = rows.Length / Features / BlockRows;
            return _kernel(ref rows[0], ref weights[0], ref PredictionWeights.First(columns), ref scratch[0], ref probabilities[0], blocks);
        }

        public double[] Row(double[] rows, int row) => rows[(row * Features)..((row + 1) * Features)];

        public double[] Probabilities(double[] probabilities, int row) => probabilities[(row * Classes)..((row + 1) * Classes)];
    }
}
