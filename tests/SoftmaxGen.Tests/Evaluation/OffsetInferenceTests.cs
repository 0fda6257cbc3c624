using System.Numerics;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// Features far from zero and of any scale: the covariance is that of the same data at zero, mapped. Offsets and scales are powers of two, and the data
/// exactly the same.
/// </summary>
public sealed class OffsetInferenceTests
{
    private static readonly TrainingOptions Plain = new() { L2 = 0 };

    /// <summary>The expected numbers were computed by mpmath 1.2.1 with 60 decimal digits.</summary>
    [Fact]
    public void Unix_seconds_within_ten_minutes_have_the_standard_errors_of_an_arbitrary_precision_computation()
    {
        long state = 12345;
        double[] rows = new double[200];
        int[] labels = new int[200];
        for (int row = 0; row < rows.Length; row++)
        {
            long second = Next() % 600;
            rows[row] = 1_700_000_000 + second;
            labels[row] = Next() % 1000 < 200 + second ? 1 : 0;
        }

        Assert.Equal((105, 1_700_000_430.0, 1_700_000_140.0), (labels.Sum(), rows[0], rows[2]));
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, labels);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Plain);

        StatisticalInference inference = fit.Inference(set);

        AssertClose.Equal(0.00092419273264273627, inference[1, 1].StandardError, 1e-15, "the standard error of the slope");
        AssertClose.Equal(1571127.9042646557, inference[1, 0].StandardError, 1e-5, "that of the bias");
        AssertClose.Equal(-1452.0249911736011, inference.Covariance[1], 1e-8, "the covariance");
        AssertClose.Equal(-130.15278386569594, inference.LogLikelihood, 1e-11, "the log-likelihood");

        long Next()
        {
            state = ((state * 1103515245) + 12345) % (1L << 31);
            return state >> 8;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Offsets_and_scales_change_no_z_value_in_double(int seed)
    {
        var random = new Random(seed);
        for (int digits = 0; digits <= 12; digits++)
        {
            int bits = Math.Min(12, 52 - Power(digits));
            Assert.Equal(1, AssertInvariant<Double2x1, Double2x1, double>(random, digits, bits));
            Assert.Equal(1, AssertInvariant<Double3x2, Double3x2, double>(random, digits, bits));
        }
    }

    // Half of these are left by a trainer that finds no further digits in single precision and says so.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Offsets_and_scales_change_no_z_value_in_single(int seed)
    {
        var random = new Random(seed);
        int inferred = 0;
        for (int digits = 0; digits <= 6; digits++)
        {
            int bits = Math.Min(12, 23 - Power(digits));
            inferred += AssertInvariant<Double2x1, Single2x1, float>(random, digits, bits);
            inferred += AssertInvariant<Double3x4, Single3x4, float>(random, digits, bits);
        }

        Assert.InRange(inferred, 10, 14);
    }

    [Fact]
    public void Other_rows_are_noticed_however_far_from_zero_they_are()
    {
        for (int digits = 0; digits <= 12; digits++)
        {
            InferenceSample sample = InferenceSample.Draw(Double2x1.Shape, 200, digits);
            InferenceSample other = InferenceSample.Draw(Double2x1.Shape, 200, digits + 100);
            double offset = digits == 0 ? 0 : Math.Pow(2, Power(digits));
            using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(Array.ConvertAll(sample.Rows, x => x + offset), sample.Labels);
            using TrainingSet<Double2x1, double> otherSet = Double2x1.CreateTrainingSet(Array.ConvertAll(other.Rows, x => x + offset), other.Labels);
            TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Plain);

            Assert.True(fit.Inference(set)[1, 1].StandardError > 0);
            Assert.Contains("other rows", Assert.Throws<ArgumentException>("set", () => fit.Inference(otherSet)).Message, StringComparison.Ordinal);
        }
    }

    private static int Power(int digits) => (int)Math.Round(digits * Math.Log2(10));

    /// <summary>Compares the covariance of a fit of data that are far from zero with that of the same data at zero.</summary>
    /// <returns>1 when there was a fit to compare, 0 when the trainer ran out of iterations.</returns>
    private static int AssertInvariant<TReference, TModel, T>(Random random, int digits, int bits)
        where TReference : class, ISoftmaxModel<TReference, double>
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        InferenceSample sample = InferenceSample.Draw(shape, 100 + random.Next(200), random.Next(), bits);
        double[]? rowWeights = random.Next(2) == 0 ? null : sample.RowWeights;
        double[] scales = [.. Enumerable.Range(0, shape.Features).Select(_ => Math.Pow(2, random.Next(-40, 41)))];
        double[] offsets = [.. scales.Select(_ => digits == 0 ? 0 : Math.Pow(2, Power(digits)) * (random.Next(2) == 0 ? -1 : 1))];
        double l2 = random.Next(2) == 0 ? 0 : 0.01;
        var form = (CovarianceForm)random.Next(l2 > 0 ? 1 : 0, 5);
        string context = $"1e{digits}, {form}, L2 {l2}, {shape.Classes} x {shape.Features}, {typeof(T).Name}";

        using TrainingSet<TReference, double> reference = TReference.CreateTrainingSet(sample.Rows, sample.Labels, rowWeights);
        StatisticalInference expected = SoftmaxTrainer.Train(reference, new TrainingOptions { L2 = l2, Tolerance = 1e-8 }).Inference(reference, form);
        T[] rows = [.. sample.Rows.Select((x, i) => T.CreateChecked((x + offsets[i % shape.Features]) * scales[i % shape.Features]))];
        using var set = new TrainingSet<TModel, T>(rows, sample.Labels, rowWeights is null ? [] : Array.ConvertAll(rowWeights, T.CreateChecked));
        TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = l2, Solver = (Solver)random.Next(3) });
        if (fit.StopReason == StopReason.MaxIterations)
        {
            return 0;
        }

        StatisticalInference actual = fit.Inference(set, form);

        int size = actual.Coefficients.Count;
        double[] map = Map();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double scale = Math.Sqrt(Mapped(i, i) * Mapped(j, j));
                AssertClose.Equal(Mapped(i, j), actual.Covariance[(i * size) + j], 1e-7 * scale, $"{context}: covariance {i}, {j}");
            }
        }

        AssertClose.Equal(expected.LogLikelihood, actual.LogLikelihood, 1e-9 * Math.Abs(expected.LogLikelihood), $"{context}: the log-likelihood");
        return 1;

        // B'_k = B_k / scale_k and B'_0 = B_0 - sum_k B_k offset_k.
        double[] Map()
        {
            double[] matrix = new double[size * size];
            for (int i = 0; i < size; i++)
            {
                int column = i % (shape.Features + 1);
                matrix[(i * size) + i] = column == 0 ? 1 : 1 / scales[column - 1];
                for (int k = 1; column == 0 && k <= shape.Features; k++)
                {
                    matrix[(i * size) + i + k] = -offsets[k - 1];
                }
            }

            return matrix;
        }

        double Mapped(int i, int j)
        {
            double sum = 0;
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b < size; b++)
                {
                    sum += map[(i * size) + a] * expected.Covariance[(a * size) + b] * map[(j * size) + b];
                }
            }

            return sum;
        }
    }
}
