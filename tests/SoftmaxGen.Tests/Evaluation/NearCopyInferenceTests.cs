namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// A feature that differs from another by little, <c>x_m = x_1 + d u</c>, is a change of variables from <c>u</c>: its coefficient is that of <c>u</c> by
/// <c>d</c>, and so is the standard error, whatever <c>d</c> is.
/// </summary>
public sealed class NearCopyInferenceTests
{
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void Standard_errors_keep_their_digits_2x9(double difference) => Run<Double2x9>(difference, seed: 1);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void Standard_errors_keep_their_digits_3x4(double difference) => Run<Double3x4>(difference, seed: 2);

    private static void Run<TModel>(double difference, int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        const int Rows = 300;
        var random = new Random(seed);
        int m = TModel.Shape.Features;
        for (int problem = 0; problem < 5; problem++)
        {
            double[] apart = [.. Enumerable.Range(0, Rows * m).Select(_ => random.NextDouble() - 0.5)];
            double[] copied = [.. apart.Select((x, i) => i % m == m - 1 ? apart[i - m + 1] + (difference * x) : x)];
            int[] labels = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(TModel.Shape.Classes))];
            double[] weights = [.. labels.Select(_ => (double)random.Next(4))];
            foreach (CovarianceForm form in Enum.GetValues<CovarianceForm>())
            {
                double[] expected = StandardErrors<TModel>(apart, labels, weights, form);
                double[] actual = StandardErrors<TModel>(copied, labels, weights, form);
                for (int i = 0; i < expected.Length; i++)
                {
                    // Of the feature that has a near copy the coefficient is another one, the difference of two.
                    if (i % (m + 1) != 1)
                    {
                        double unit = i % (m + 1) == m ? difference : 1;
                        Assert.Equal(expected[i], actual[i] * unit, 1e-6 * expected[i]);
                    }
                }
            }
        }
    }

    private static double[] StandardErrors<TModel>(double[] rows, int[] labels, double[] weights, CovarianceForm form)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var set = new TrainingSet<TModel, double>(rows, labels, weights);
        TrainingResult<TModel> result = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 0, Tolerance = 1e-9 });
        return [.. result.Inference(set, form).Coefficients.Select(static coefficient => coefficient.StandardError)];
    }
}
