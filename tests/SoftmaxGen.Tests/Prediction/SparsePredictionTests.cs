using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.TestModels.Pretrained;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// Models whose baked weights have many zeros: the instance that skips them against one that multiplies them, at the width in force and at narrower ones.
/// </summary>
public class SparsePredictionTests
{
    private const int RowCount = 40;

    [Fact]
    public void The_instance_that_skips_zeros_answers_like_one_that_does_not()
    {
        AssertAgreement<Sparse10x65, double>(Sparse10x65.Pretrained);
        AssertAgreement<SparseSingle17x33, float>(SparseSingle17x33.Pretrained);
        AssertAgreement<Sparse70x17, double>(Sparse70x17.Pretrained);
        AssertAgreement<Sparse3x30, double>(Sparse3x30.Pretrained);
    }

    [Fact]
    public void Scores_have_the_bits_of_all_products_at_every_width()
    {
        Assert.NotEqual(0, AssertWidths<Sparse10x65, double>(Sparse10x65.Pretrained));
        Assert.NotEqual(0, AssertWidths<SparseSingle17x33, float>(SparseSingle17x33.Pretrained));
        Assert.NotEqual(0, AssertWidths<Sparse70x17, double>(Sparse70x17.Pretrained));
        Assert.NotEqual(0, AssertWidths<Sparse3x30, double>(Sparse3x30.Pretrained));
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_refused_whatever_its_weights()
    {
        AssertRefused<Sparse10x65, double>(Sparse10x65.Pretrained);
        AssertRefused<SparseSingle17x33, float>(SparseSingle17x33.Pretrained);
        AssertRefused<Sparse70x17, double>(Sparse70x17.Pretrained);
        AssertRefused<Sparse3x30, double>(Sparse3x30.Pretrained);
    }

    [Fact]
    public void Skipping_zeros_allocates_nothing()
    {
        double[] features = new double[65];
        double[] numbers = new double[10];
        Sparse10x65 model = Sparse10x65.Pretrained;

        AssertAllocation.None(() =>
        {
            _ = model.Predict(features);
            _ = model.Predict(features, out _);
            model.PredictScores(features, numbers);
            model.PredictProbabilities(features, numbers);
        });
    }

    private static void AssertAgreement<TModel, T>(TModel sparse)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.True((bool)typeof(TModel).GetField("__softmaxSkipsZeros", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(sparse)!);
        TModel all = TModel.FromWeights(sparse.Weights);
        foreach (T[] row in Rows<T>(TModel.Shape))
        {
            (T[] expected, T[] actual) = (new T[TModel.Shape.Classes], new T[TModel.Shape.Classes]);
            Assert.Equal(all.Predict(row), sparse.Predict(row));
            all.PredictScores(row, expected);
            sparse.PredictScores(row, actual);
            Assert.Equal(expected, actual);
            all.PredictProbabilities(row, expected);
            sparse.PredictProbabilities(row, actual);
            Assert.Equal(expected, actual);
        }
    }

    // Returns how many widths have a kernel that skips.
    private static int AssertWidths<TModel, T>(TModel model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int widths = 0;
        foreach (int bits in ((int[])[128, 256, 512]).Where(static bits => bits <= VectorWidth.InForce))
        {
            if (Kernel<TModel, T>(bits, "SparseScores") is not { } sparse)
            {
                continue;
            }

            widths++;
            RowKernel<T> all = Kernel<TModel, T>(bits, "RowScores")!;
            var columns = (T[])typeof(TModel).GetMethod("__SoftmaxMakeColumns", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(model, null)!;
            ref T first = ref PredictionWeights.First(columns);
            foreach (T[] row in Rows<T>(TModel.Shape))
            {
                (T[] expected, T[] actual) = (new T[TModel.Shape.Classes], new T[TModel.Shape.Classes]);
                Assert.True(all(ref row[0], ref first, ref expected[0]));
                Assert.True(sparse(ref row[0], ref first, ref actual[0]));
                Assert.Equal(expected, actual);
            }
        }

        return VectorWidth.InForce < 128 ? 1 : widths;
    }

    private static void AssertRefused<TModel, T>(TModel model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] numbers = new T[TModel.Shape.Classes];
        for (int k = 0; k < TModel.Shape.Features; k++)
        {
            foreach (T value in (T[])[T.NaN, T.PositiveInfinity, T.NegativeInfinity])
            {
                T[] row = new T[TModel.Shape.Features];
                row[k] = value;
                string name = $"Feature {k} ";
                Assert.Contains(name, Assert.Throws<ArgumentException>(() => model.Predict(row)).Message, StringComparison.Ordinal);
                Assert.Contains(name, Assert.Throws<ArgumentException>(() => model.PredictScores(row, numbers)).Message, StringComparison.Ordinal);
                Assert.Contains(name, Assert.Throws<ArgumentException>(() => model.PredictProbabilities(row, numbers)).Message, StringComparison.Ordinal);
            }
        }
    }

    private static RowKernel<T>? Kernel<TModel, T>(int bits, string method) =>
        GeneratedKernels.Method(typeof(TModel), bits, method)?.CreateDelegate<RowKernel<T>>();

    private static IEnumerable<T[]> Rows<T>(ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, RowCount).Select(_ =>
            (T[])[.. Enumerable.Range(0, shape.Features).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) * 6))])];
    }

    private delegate bool RowKernel<T>(ref T x, ref T w, ref T target);
}
