using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// What generated code and the library hand each other is public, and safe code may hand over anything: rows of another shape, sums of another length, memory
/// that is too short. All of it is refused; before, a kernel read and wrote wherever that led.
/// </summary>
public sealed class PackedRowsTests
{
    [Fact]
    public void Rows_without_room_for_their_padding_cannot_be_made()
    {
        double[] memory = new double[64 * 3];

        Assert.Throws<ArgumentException>("features", () => Create(65, 3, memory, memory));
        Assert.Throws<ArgumentException>("features", () => Create(32, 7, memory, memory));
        Assert.Throws<ArgumentException>("features", () => Create(32, 3, memory, memory.AsSpan(0, 31)));
        Assert.Throws<ArgumentException>("features", () => Create(int.MaxValue, int.MaxValue, memory, memory));
        Assert.Throws<ArgumentException>("features", () => PackedRows<double>.Create(1, 3, memory, memory, memory.AsSpan(0, 31)).Count);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Create(-1, 3, memory, memory));
        Assert.Throws<ArgumentOutOfRangeException>("featureCount", () => Create(1, 0, memory, memory));
        Assert.Equal(32, Create(32, 3, memory, memory));

        static int Create(int count, int featureCount, ReadOnlySpan<double> features, ReadOnlySpan<double> classIndices) =>
            PackedRows<double>.Create(count, featureCount, features, classIndices).Count;
    }

    [Fact]
    public void Kernels_refuse_rows_and_sums_of_another_shape()
    {
        Refuse<Double2x1, double>(hasHessian: true);
        Refuse<Double3x4, double>(hasHessian: true);
        Refuse<Double26x16, double>(hasHessian: false);
        Refuse<Single10x64, float>(hasHessian: false);
    }

    [Fact]
    public void Wild_class_indices_touch_no_other_memory()
    {
        Wild<Double3x4, double>();
        Wild<Double26x16, double>();
        Wild<Single26x16, float>();
    }

    [Fact]
    public void Plans_of_no_size_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => TrainingTiles<Endless, Endless, double>.Accumulate([], default, []));
        Assert.Throws<InvalidOperationException>(() => TrainingTiles<Endless, Endless, double>.LossAndGradient([], [], [], []));
        Assert.Throws<InvalidOperationException>(() => CurvatureTiles<Endless, Endless, double>.AccumulateProduct([], [], default, []));
        Assert.Throws<InvalidOperationException>(() => CurvatureTiles<Endless, Endless, double>.AccumulateHessian([], default, []));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue / 8)]
    [InlineData(1 << 28)]
    public void Classes_whose_products_overflow_are_refused(int classes)
    {
        double[] rows = new double[64];

        Assert.Throws<ArgumentOutOfRangeException>(() => RowUnpacker.Unpack<double>(new double[64], classes, rows));
    }

    [Fact]
    public void Half_precision_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => PackedRows<Half>.Create(1, 1, new Half[64], new Half[64]).Count);
        Assert.Throws<NotSupportedException>(() => RowPacker.PackLabels<Half>([0], 0, new Half[1]));
        Assert.Throws<NotSupportedException>(() => RowPacker.PackRows<Half>(new Half[64], 2, new Half[64]));
        Assert.Throws<NotSupportedException>(() => RowUnpacker.Unpack<Half>(new Half[1024], 2, new Half[64]));
    }

    private static void Refuse<TModel, T>(bool hasHessian)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        T[] memory = new T[PackedRows<T>.GroupRows * (shape.Features + 1)];
        double[] weights = new double[shape.ParameterCount];
        double[] sum = new double[shape.ParameterCount];
        double[] longer = new double[shape.ParameterCount + 1];

        Assert.Throws<ArgumentException>("rows", () => TModel.AccumulateLossAndGradient(weights, Rows(shape.Features + 1), sum));
        Assert.Throws<ArgumentException>("rows", () => TModel.AccumulateLossAndGradient(weights, default, sum));
        Assert.Throws<ArgumentException>("weights", () => TModel.AccumulateLossAndGradient(longer, Rows(shape.Features), sum));
        Assert.Throws<ArgumentException>("gradientSum", () => TModel.AccumulateLossAndGradient(weights, Rows(shape.Features), longer));
        Assert.Throws<ArgumentException>("rows", () => TModel.AccumulateHessianProduct(weights, weights, Rows(shape.Features + 1), sum));
        Assert.Throws<ArgumentException>("direction", () => TModel.AccumulateHessianProduct(weights, longer, Rows(shape.Features), sum));
        Assert.Throws<ArgumentException>("productSum", () => TModel.AccumulateHessianProduct(weights, weights, Rows(shape.Features), longer));
        TModel.AccumulateLossAndGradient(weights, Rows(shape.Features), sum);
        TModel.AccumulateHessianProduct(weights, weights, Rows(shape.Features), sum);
        if (hasHessian)
        {
            Assert.Throws<ArgumentException>("rows", () => TModel.AccumulateHessian(weights, Rows(shape.Features + 1), sum));
            Assert.Throws<ArgumentException>("hessianSum", () => TModel.AccumulateHessian(weights, Rows(shape.Features), new double[1]));
        }

        PackedRows<T> Rows(int features) =>
            PackedRows<T>.Create(1, features, memory.Length >= PackedRows<T>.GroupRows * features ? memory : new T[PackedRows<T>.GroupRows * features], memory);
    }

    private static void Wild<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        double[] wild = [-1, 1e9, -1e300, 1e300, double.NaN, double.PositiveInfinity, shape.Classes, 0.5];
        int groups = 8 * PackedRows<T>.GroupRows;
        T[] indices = [.. Enumerable.Range(0, groups).Select(i => T.CreateTruncating(wild[i % wild.Length]))];
        T[] features = [.. Enumerable.Range(0, groups * shape.Features).Select(i => T.CreateTruncating(i % 1001 == 0 ? 1e5 : Math.Sin(i)))];
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(i => Math.Cos(i))];

        TModel.AccumulateLossAndGradient(weights, PackedRows<T>.Create(groups - 3, shape.Features, features, indices), new double[shape.ParameterCount]);
        TModel.AccumulateLossAndGradient(weights, PackedRows<T>.Create(groups, shape.Features, features, indices, indices), new double[shape.ParameterCount]);
    }

    private readonly struct Endless : IKernelPlan, ITileKernels<Endless, double>
    {
        public static int Classes => 3;

        public static int Features => 4;

        public static int FirstLabel => 0;

        public static int TileBlocks => 1 << 28;

        public static int RowMajorTileBlocks => 4;

        public static int BatchBlocks => 0;

        public static int SumStride => 8;

        public static int HessianStride => 8;

        public static bool PacksBlocks => true;

        public static bool RentsScratch => false;

        public static int ContrastsAtOnce => 2;

        public static void Scores(ref double x, ref double w, ref double t, ref double next, int blocks)
        {
        }

        public static void Gradient(ref double x, ref double r, ref double next, ref double g, int blocks)
        {
        }

        public static nint Probabilities(ref double t, nint vector, nint end) => end;
    }
}
