using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// The kernels of all widths that this machine has, called side by side: scores have the same bits, and probabilities differ by rounding alone.
/// </summary>
public class WidthAgreementTests
{
    private const int RowCount = 9;

    [Fact]
    public void In_double()
    {
        AssertAgreement<Double3x4, double>(1e-13);
        AssertAgreement<Double4x8, double>(1e-13);
        AssertAgreement<Double7x17, double>(1e-13);
        AssertAgreement<Double10x64, double>(1e-13);
        AssertAgreement<Double26x16, double>(1e-13);
        AssertAgreement<Double70x16, double>(1e-13);
        AssertAgreement<Double100x32, double>(1e-13);
    }

    [Fact]
    public void In_single()
    {
        AssertAgreement<Single3x4, float>(1e-6);
        AssertAgreement<Single7x17, float>(1e-6);
        AssertAgreement<Single26x16, float>(1e-6);
        AssertAgreement<Single135x16, float>(1e-6);
    }

    [Fact]
    public void The_difference_of_two_classes_has_the_same_bits()
    {
        AssertSameDifference<Double2x4, double>(256);
        AssertSameDifference<Double2x30, double>(512);
        AssertSameDifference<Double2x65, double>(512);
        AssertSameDifference<Single2x4, float>(128);
        AssertSameDifference<Single2x11, float>(256);
        AssertSameDifference<Single2x37, float>(512);
    }

    private static void AssertSameDifference<TModel, T>(int widestBits)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sample = Sample.Of(TModel.Shape, RowCount);
        TModel model = TModel.FromWeights(Array.ConvertAll(sample.Weights, T.CreateChecked));
        var columns = (T[])typeof(TModel).GetMethod("__SoftmaxMakeColumns", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(model, null)!;
        foreach (double[] row in sample.Rows.Chunk(TModel.Shape.Features))
        {
            T[] x = Array.ConvertAll(row, T.CreateChecked);
            T expected = Difference(0, ref x[0]);
            for (int bits = 128; bits <= Math.Min(widestBits, VectorWidth.InForce); bits *= 2)
            {
                Assert.Equal(expected, Difference(bits, ref x[0]));
            }
        }

        T Difference(int bits, ref T x) => GeneratedKernels.Method(typeof(TModel), bits, "Difference")!
            .CreateDelegate<DifferenceKernel<T>>()(ref x, ref PredictionWeights.First(columns));
    }

    private static void AssertAgreement<TModel, T>(double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var sample = Sample.Of(shape, RowCount);
        foreach (double scale in (double[])[1, 1e6])
        {
            TModel model = TModel.FromWeights(Array.ConvertAll(sample.Weights, weight => T.CreateChecked(weight * scale)));
            foreach (double[] row in sample.Rows.Chunk(shape.Features))
            {
                T[] x = Array.ConvertAll(row, T.CreateChecked);
                T[] scores = new T[shape.Classes];
                T[] probabilities = new T[shape.Classes];
                model.PredictScores(x, scores);
                model.PredictProbabilities(x, probabilities);
                foreach (int bits in (int[])[128, 256, 512])
                {
                    if (bits <= VectorWidth.InForce && Run(model, bits, "RowScores", x) is { } atWidth)
                    {
                        Assert.Equal(scores, atWidth);
                        AssertClose.Vector(Widen(probabilities), Widen(Run(model, bits, "RowProbabilities", x)!), tolerance, $"At {bits} bit");
                    }
                }
            }
        }
    }

    // Null where the width has no kernel, being wider than the classes.
    private static T[]? Run<TModel, T>(TModel model, int bits, string method, T[] x)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (GeneratedKernels.Method(typeof(TModel), bits, method) is not { } kernel)
        {
            return null;
        }

        var columns = (T[])typeof(TModel).GetMethod("__SoftmaxMakeColumns", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(model, null)!;
        T[] target = new T[TModel.Shape.Classes];
        ref T first = ref PredictionWeights.First(columns);
        Assert.True(kernel.CreateDelegate<RowKernel<T>>()(ref x[0], ref first, ref target[0]));
        return target;
    }

    private static double[] Widen<T>(T[] values)
        where T : INumber<T> => Array.ConvertAll(values, double.CreateChecked);

    private delegate bool RowKernel<T>(ref T x, ref T w, ref T target);

    private delegate T DifferenceKernel<T>(ref T x, ref T w);
}
