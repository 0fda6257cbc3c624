using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Data;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Data;

/// <summary>Rows are packed in the order of the caller, with all that belongs to them, and the sums over them are those of a textbook.</summary>
public sealed class RowStoreTests
{
    private const int ChunkRows = 8192;

    /// <summary>Gets numbers of rows: some that fill no group, a chunk, and several of which the last is not full.</summary>
    public static TheoryData<int> RowCounts => [1, 7, 33, 500, ChunkRows, (2 * ChunkRows) + 41];

    [LongTheory(every: 3)]
    [MemberData(nameof(RowCounts))]
    public void Rows_lie_in_the_order_of_the_caller(int count)
    {
        CheckStore<Double3x4, double>(count);
        CheckStore<Double11x5, double>(count);
        CheckStore<Double12x1, double>(count);
        CheckStore<Double26x16, double>(count);
        CheckStore<Single11x5, float>(count);
        CheckStore<Single12x5, float>(count);
        CheckStore<Single26x16, float>(count);
    }

    [Theory]
    [MemberData(nameof(RowCounts))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Sums_are_those_of_the_rows(int count)
    {
        CheckSums<Double12x5, double>(count, 1e-12);
        CheckSums<Double26x16, double>(count, 1e-12);
        CheckSums<Single26x16, float>(count, 5e-6);
    }

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void Classes_count_the_weights_of_their_rows(int count)
    {
        CheckTotals<Double12x5, double>(count);
        CheckTotals<Single26x16, float>(count);
    }

    private static void CheckStore<TModel, T>(int count)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (Given given in Given.All(TModel.Shape, count))
        {
            using var store = new RowStore<T>(given.Rows<T>(), TModel.Shape);
            using RowStore<T> reweighed = store.Reweigh(new TargetShares(store.Classes, [.. Enumerable.Range(1, store.Classes).Select(j => 1.0 / j)], 0));

            Assert.Equal(given.Classes, Enumerable.Range(0, count).Select(store.ClassIndex));
            for (int i = 0; i < count; i++)
            {
                CheckRow(given, store, i);
                CheckPackedRow(given, store, i);
                CheckBatch(given, store, i);
                if (given.Targets is null)
                {
                    Assert.Equal(T.CreateTruncating(given.Weight(i) * (1.0 / (1 + given.Classes[i]))), reweighed.RowWeights(i, 1)[0]);
                }
            }

            CheckPadding(store);
        }
    }

    private static void CheckRow<T>(Given given, RowStore<T> store, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] features = new double[store.Features];
        store.ReadRow(row, features);

        Assert.Equal(given.Features(row), features);
        Assert.Equal(given.Classes[row], store.ClassIndex(row));
        Assert.Equal(given.Weight(row), store.RowWeight(row));
        Assert.Equal(Given.Narrow<T>(given.Part(given.Targets, row)), store.Targets(row).ToArray());
    }

    private static void CheckPackedRow<T>(Given given, RowStore<T> store, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int chunk, int inChunk) = int.DivRem(row, ChunkRows);
        PackedRows<T> packed = store.Read(chunk, piece: 0);
        ReadOnlySpan<T> offsets = store.ReadOffsets(chunk, piece: 0);

        Assert.Equal(T.CreateTruncating(given.Features(row)[^1]), Feature(packed.Features, store.Features, inChunk, store.Features - 1));
        Assert.Equal(T.CreateTruncating(given.Classes[row]), packed.ClassIndices[inChunk]);
        Assert.Equal(given.RowWeights is null, packed.RowWeights.IsEmpty);
        Assert.Equal(given.Offsets is null, offsets.IsEmpty);
        if (given.RowWeights is not null)
        {
            Assert.Equal(T.CreateTruncating(given.Weight(row)), packed.RowWeights[inChunk]);
        }

        if (given.Offsets is not null)
        {
            Assert.Equal(Given.Narrow<T>(given.Part(given.Offsets, row)), offsets.Slice(inChunk * store.Classes, store.Classes).ToArray());
        }
    }

    private static void CheckBatch<T>(Given given, RowStore<T> store, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A few rows of a large set will do.
        if (row % 101 != 0)
        {
            return;
        }

        using var batch = new RowBatch<T>(1, store.Features, store.HasOffsets ? store.Classes : 0);
        store.Gather([row], batch);

        Assert.Equal(T.CreateTruncating(given.Features(row)[0]), batch.Rows.Features[0]);
        Assert.Equal(T.CreateTruncating(given.Classes[row]), batch.Rows.ClassIndices[0]);
        Assert.Equal(T.CreateTruncating(given.Weight(row)), batch.Rows.RowWeights[0]);
        Assert.Equal(Given.Narrow<T>(given.Part(given.Offsets, row)), batch.Offsets.ToArray());
    }

    private static void CheckPadding<T>(RowStore<T> store)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PackedRows<T> last = store.Read(store.ChunkCount - 1, piece: 0);
        for (int i = last.Count; i < last.ClassIndices.Length; i++)
        {
            Assert.Equal(T.Zero, last.ClassIndices[i]);
            Assert.True(last.RowWeights.IsEmpty || last.RowWeights[i] == T.Zero);
            for (int k = 0; k < store.Features; k++)
            {
                Assert.Equal(T.Zero, Feature(last.Features, store.Features, i, k));
            }
        }
    }

    private static void CheckSums<TModel, T>(int count, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] weights = Sample.Of(TModel.Shape, 1).Weights;
        double[] direction = Sample.Of(TModel.Shape, 1, seed: 9).Weights;
        foreach (Given given in Given.All(TModel.Shape, count))
        {
            using var set = new TrainingSet<TModel, T>(given.Rows<T>());
            double[] gradient = new double[weights.Length];
            double[] product = new double[weights.Length];

            double loss = set.LossAndGradient(weights, gradient, maxThreads: 2);
            set.HessianProduct(weights, direction, product);

            (MeanLoss expected, double[] expectedProduct) = given.Sums(weights, direction);
            AssertClose.Equal(expected, new MeanLoss(loss, gradient), tolerance, $"{count} rows");
            AssertClose.Vector(expectedProduct, product, tolerance, $"{count} rows");
        }
    }

    private static void CheckTotals<TModel, T>(int count)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (Given given in Given.All(TModel.Shape, count).Where(given => given.Targets is null))
        {
            using var set = new TrainingSet<TModel, T>(given.Rows<T>());

            AssertClose.Vector(
                [.. Enumerable.Range(0, TModel.Shape.Classes).Select(j => Enumerable.Range(0, count).Where(row => given.Classes[row] == j).Sum(given.Weight))],
                ((IMeanLoss)set).ClassTotals.ToArray(),
                1e-13,
                $"{count} rows");
        }
    }

    private static T Feature<T>(ReadOnlySpan<T> packed, int features, int row, int feature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int block, int lane) = int.DivRem(row, PackedRows<T>.BlockRows);
        return packed[(((block * features) + feature) * PackedRows<T>.BlockRows) + lane];
    }

    /// <summary>Rows as a caller has them, their classes all mixed.</summary>
    private sealed record Given(Sample Sample, int[] Classes, double[]? RowWeights, double[]? Targets, double[]? Offsets)
    {
        public static IEnumerable<Given> All(ModelShape shape, int count)
        {
            var sample = Sample.Of(shape, count);
            double[] targets = Table(shape, count, seed: 1, static values => [.. values.Select(v => v / values.Sum())]);
            double[] offsets = Table(shape, count, seed: 2, static values => values);
            int[] largest = [.. targets.Chunk(shape.Classes).Select(shares => Array.IndexOf(shares, shares.Max()))];
            double[] rowWeights = sample.RowWeights();
            yield return new Given(sample, sample.ClassIndices, null, null, null);
            yield return new Given(sample, sample.ClassIndices, rowWeights, null, null);
            yield return new Given(sample, sample.ClassIndices, rowWeights, null, offsets);
            yield return new Given(sample, largest, rowWeights, targets, null);
            yield return new Given(sample, largest, rowWeights, targets, offsets);
        }

        public static T[] Narrow<T>(double[] values)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateTruncating);

        public TrainingRows<T> Rows<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
            {
                Rows = Narrow<T>(Sample.Rows),
                Labels = Targets is null ? Sample.Labels : [],
                RowWeights = Narrow<T>(RowWeights ?? []),
                Targets = Narrow<T>(Targets ?? []),
                Offsets = Narrow<T>(Offsets ?? []),
            };

        public double[] Features(int row) => Sample.Rows[(row * Sample.Shape.Features)..((row + 1) * Sample.Shape.Features)];

        public double Weight(int row) => RowWeights?[row] ?? 1;

        public double[] Part(double[]? table, int row) => table?[(row * Sample.Shape.Classes)..((row + 1) * Sample.Shape.Classes)] ?? [];

        /// <summary>Computes mean loss, gradient and product with the Hessian as a textbook has them, in the order of the caller.</summary>
        public (MeanLoss MeanLoss, double[] Product) Sums(double[] weights, double[] direction)
        {
            double loss = 0;
            double[] gradient = new double[weights.Length];
            double[] product = new double[weights.Length];
            double total = Enumerable.Range(0, Classes.Length).Sum(Weight);
            for (int row = 0; row < Classes.Length; row++)
            {
                double weight = Weight(row) / total;
                double[] x = Features(row);
                double[] offsets = Part(Offsets, row);
                double[] scores = [.. PlainSoftmax.Scores(weights, x).Select((score, j) => score + offsets.ElementAtOrDefault(j))];
                double[] q = Targets is null ? [.. scores.Select((_, j) => j == Classes[row] ? 1.0 : 0)] : Part(Targets, row);
                double[] p = PlainSoftmax.Probabilities(scores);
                double[] u = PlainSoftmax.Scores(direction, x);
                double mean = p.Zip(u, static (pj, uj) => pj * uj).Sum();
                for (int j = 0; j < p.Length; j++)
                {
                    loss += q[j] == 0 ? 0 : weight * q[j] * PlainSoftmax.Loss(scores, j);
                    AddRow(gradient, j, weight * (p[j] - q[j]), x);
                    AddRow(product, j, weight * p[j] * (u[j] - mean), x);
                }
            }

            return (new MeanLoss(loss, gradient), product);
        }

        private static void AddRow(double[] sum, int j, double residual, double[] x)
        {
            Span<double> part = sum.AsSpan(j * (x.Length + 1), x.Length + 1);
            part[0] += residual;
            for (int k = 0; k < x.Length; k++)
            {
                part[k + 1] += residual * x[k];
            }
        }

        private static double[] Table(ModelShape shape, int count, int seed, Func<double[], double[]> ofRow)
        {
            var random = new Random(seed);
            bool isSingle = shape.Precision == SoftmaxPrecision.Single;
            return
            [
                .. Enumerable.Range(0, count)
                    .SelectMany(_ => ofRow([.. Enumerable.Range(0, shape.Classes).Select(_ => random.NextDouble())]))
                    .Select(value => isSingle ? (float)value : value),
            ];
        }
    }
}
