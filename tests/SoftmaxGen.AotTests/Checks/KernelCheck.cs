using System.Numerics;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Numerics;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Losses, gradients and curvature against the textbook, and the exponential beneath them against fixed point.</summary>
internal sealed class KernelCheck : IModelCheck
{
    // Around vectors, blocks and tiles.
    private static readonly int[] _rowCounts = [1, 5, 7, 8, 9, 65, 600];

    /// <inheritdoc/>
    public void Run<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = TModel.Shape.Precision == SoftmaxPrecision.Single;
        foreach (int rowCount in _rowCounts)
        {
            Sample sample = Sample.Of(TModel.Shape, rowCount, seed: rowCount);
            CompareGradients<TModel, T>(sample, columnSizes: null, isSingle ? 5e-6 : 1e-13);
            CompareCurvature<TModel, T>(sample, isSingle ? 5e-6 : 1e-13);

            // Scores beyond the range of the exponential, which leave the loop of the kernels. Each column by the size of its feature.
            Sample far = sample.WithScaledFeature(0, static row => row % 5 == 3 ? 1e3 : 1);
            CompareGradients<TModel, T>(far, far.ColumnSizes(), isSingle ? 1e-5 : 1e-12);
        }
    }

    /// <summary>Checks the bounds that the exponentials of 128-bit vectors document.</summary>
    public static void Exponentials()
    {
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            double t = ((2 * random.NextDouble()) - 1) * (i % 3 == 0 ? 1022 : i % 3 == 1 ? 1 : Math.ScaleB(1, -random.Next(1, 60)));
            double power = ScaledExp128.Exp(Vector128.Create(t))[0];
            Check.Close(0, FixedPoint.UlpsFromPowerOf2(power, t, 53), 1, $"the distance in ulp of 2^{t:R}");

            float s = (float)(Math.Abs(t) < 126 ? t : t / 9);
            float single = ScaledExp128.Exp(Vector128.Create(s))[0];
            Check.Close(0, FixedPoint.UlpsFromPowerOf2(single, s, 24), 2, $"the distance in ulp of 2^{s:R} in single precision");
        }
    }

    /// <summary>Checks losses and gradients on public data, which another program computed.</summary>
    public static void Points()
    {
        foreach (ReferencePoint point in ReferenceOptima.AllPoints)
        {
            SampleData data = SampleData.Load(point.Data, point.Preparation);
            MeanLoss actual = data.Features == 4
                ? Packed<Double3x4, double>(point.Weights, data.Rows, data.Labels)
                : Packed<Double3x13, double>(point.Weights, data.Rows, data.Labels);
            Check.Close(point.Loss, actual.Loss, 1e-12 * point.Loss, $"the loss of {point.Data}");
            Check.AllClose(point.Gradient, actual.Gradient, 1e-12 * Numbers.Largest(point.Gradient), $"the gradient of {point.Data}");
        }
    }

    /// <summary>Checks that any number of threads gives the same bits, over rows of more than one chunk.</summary>
    public static void Threads()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 8_192 + 77);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, sample.Labels);
        double[] alone = Numbers.Unwritten<double>(15);
        double[] together = Numbers.Unwritten<double>(15);
        double loss = set.LossAndGradient(sample.Weights, alone, maxThreads: 1);

        Check.Equal(loss, set.LossAndGradient(sample.Weights, together, maxThreads: 4), "the loss of four threads");
        Check.AllEqual<double>(alone, together, "the gradient of four threads");
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
        Check.AllClose(expected.Gradient, together, 1e-13, "the gradient of two chunks");
    }

    // Gradients relative to their largest element, or each column to the size of its feature.
    private static void CompareGradients<TModel, T>(Sample sample, double[]? columnSizes, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] rowWeights = sample.RowWeights();
        T[] gradient = Numbers.Unwritten<T>(sample.Weights.Length);
        double loss = TModel.LossAndGradient(Numbers.Of<T>(sample.Weights), Numbers.Of<T>(sample.Rows), sample.Labels, gradient);
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
        MeanLoss weighted = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);
        string what = $"{typeof(TModel).Name}, {sample.ClassIndices.Length}";

        Compare(expected, new MeanLoss(loss, Numbers.Widened(gradient)), columnSizes, tolerance, $"{what} row-major rows");
        Compare(expected, Packed<TModel, T>(sample.Weights, sample.Rows, sample.Labels), columnSizes, tolerance, $"{what} packed rows");
        Compare(weighted, Packed<TModel, T>(sample.Weights, sample.Rows, sample.Labels, rowWeights), columnSizes, tolerance, $"{what} weighted rows");
    }

    private static void Compare(MeanLoss expected, MeanLoss actual, double[]? columnSizes, double tolerance, string what)
    {
        double largest = Numbers.Largest(expected.Gradient);
        Check.Close(expected.Loss, actual.Loss, tolerance * Math.Max(1, expected.Loss), $"{what}: the loss");
        for (int i = 0; i < expected.Gradient.Length; i++)
        {
            double size = columnSizes is null ? largest : columnSizes[i % columnSizes.Length];
            Check.Close(expected.Gradient[i], actual.Gradient[i], tolerance * size, $"{what}: element {i} of the gradient");
        }
    }

    private static MeanLoss Packed<TModel, T>(double[] weights, double[] rows, int[] labels, double[]? rowWeights = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] gradient = Numbers.Unwritten<double>(weights.Length);
        using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(Numbers.Of<T>(rows), labels, Numbers.Of<T>(rowWeights ?? []));
        return new MeanLoss(set.LossAndGradient(weights, gradient), gradient);
    }

    private static void CompareCurvature<TModel, T>(Sample sample, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rowCount = sample.ClassIndices.Length;
        double[] direction = Sample.Of(TModel.Shape, 1, seed: 9).Weights;
        foreach (double[]? rowWeights in (double[]?[])[null, sample.RowWeights()])
        {
            double[] expected = PlainSoftmax.HessianProduct(sample.Weights, direction, sample.Rows, rowCount, rowWeights);
            double allowed = tolerance * Math.Max(1, Numbers.Largest(expected));
            double[] product = Numbers.Unwritten<double>(expected.Length);
            using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(
                Numbers.Of<T>(sample.Rows), sample.Labels, Numbers.Of<T>(rowWeights ?? []));

            set.HessianProduct(sample.Weights, direction, product);
            Check.AllClose(expected, product, allowed, $"{typeof(TModel).Name}, {rowCount} rows: the product with the Hessian");
            if (TModel.Shape.HasHessian)
            {
                double[] hessian = Numbers.Unwritten<double>(expected.Length * expected.Length);
                set.Hessian(sample.Weights, hessian);
                Check.AllClose(expected, LowerTriangleTimes(hessian, direction), allowed, $"{typeof(TModel).Name}, {rowCount} rows: the Hessian's product");
            }
        }
    }

    private static double[] LowerTriangleTimes(double[] hessian, double[] direction)
    {
        int length = direction.Length;
        double[] product = new double[length];
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < length; j++)
            {
                product[i] += hessian[(Math.Max(i, j) * length) + Math.Min(i, j)] * direction[j];
            }
        }

        return product;
    }
}
