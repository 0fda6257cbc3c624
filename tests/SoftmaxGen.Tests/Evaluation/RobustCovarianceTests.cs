using System.Text.Json;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>HC1 to HC3: statsmodels for two classes, the formulas in plain loops for more, and what these covariances are made for.</summary>
public sealed class RobustCovarianceTests
{
    private static readonly TrainingOptions Exact = new() { L2 = 0, Tolerance = 1e-10, MaxIterations = 2000, Solver = Solver.Newton };

    public static TheoryData<CovarianceForm> Sandwiches => [CovarianceForm.Sandwich, CovarianceForm.HC1, CovarianceForm.HC2, CovarianceForm.HC3];

    /// <summary>The expected numbers are those of statsmodels 0.13.5; <c>Oracles/robust_covariance.py</c> writes them.</summary>
    [Theory]
    [InlineData("iris")]
    [InlineData("small")]
    [InlineData("large")]
    public void Two_classes_have_the_covariances_of_statsmodels(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Oracles", "robust_covariance.json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement expected = document.RootElement.EnumerateArray().Single(element => element.GetProperty("name").GetString() == name);
        double[] rows = Matrix(expected.GetProperty("rows"));
        int[] labels = [.. expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];

        if (name == "iris")
        {
            AssertForms<Double2x4>();
        }
        else
        {
            AssertForms<Double2x2>();
        }

        void AssertForms<TModel>()
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels);
            TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, Exact);
            foreach (CovarianceForm form in Enum.GetValues<CovarianceForm>())
            {
                StatisticalInference inference = fit.Inference(set, form);
                AssertCovariance(Matrix(expected.GetProperty(form.ToString())), inference, 1e-8, $"{name}, {form}");
            }
        }
    }

    /// <summary>The expected numbers are those of statsmodels 0.13.5, its MNLogit; <c>Oracles/multinomial_inference.py</c> writes them.</summary>
    [Fact]
    public void Several_classes_have_the_inference_of_statsmodels()
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Oracles", "multinomial_inference.json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement[] cases = [.. document.RootElement.EnumerateArray()];
        Check<Double3x2>(cases[0]);
        Check<Double3x2>(cases[1]);
        Check<Double4x2>(cases[2]);

        static void Check<TModel>(JsonElement expected)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            double[] rows = Numbers(expected, "rows");
            int[] labels = [.. expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
            using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels);
            TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, Exact);
            foreach (CovarianceForm form in (ReadOnlySpan<CovarianceForm>)[CovarianceForm.Information, CovarianceForm.Sandwich])
            {
                StatisticalInference robust = fit.Inference(set, form);
                AssertCovariance(Numbers(expected, form.ToString()), robust, 1e-8, $"{TModel.Shape.Classes} classes, {form}");
            }

            StatisticalInference inference = fit.Inference(set);
            double[] errors = [.. inference.Coefficients.Select(one => one.StandardError)];
            AssertClose.Equal(expected.GetProperty("logLikelihood").GetDouble(), inference.LogLikelihood, 1e-8, "the log-likelihood");
            AssertClose.Equal(expected.GetProperty("aic").GetDouble(), inference.Aic!.Value, 1e-8, "AIC");
            AssertClose.Equal(expected.GetProperty("bic").GetDouble(), inference.Bic!.Value, 1e-8, "BIC");
            for (int i = 0; i < errors.Length; i++)
            {
                AssertClose.Equal(Numbers(expected, "estimates")[i], inference.Coefficients[i].Estimate, 1e-8 * errors[i], $"estimate {i}");
                AssertClose.Equal(Numbers(expected, "z")[i], inference.Coefficients[i].Z, 1e-7, $"z {i}");
                AssertClose.Equal(Numbers(expected, "p")[i], inference.Coefficients[i].PValue, 1e-8, $"p {i}");
            }
        }

        static double[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];
    }

    [Theory]
    [MemberData(nameof(Sandwiches))]
    public void Covariances_of_many_classes_are_those_of_the_formulas(CovarianceForm form)
    {
        Check<Double2x9>(seed: 1, rowCount: 60, l2: 0, standardize: true);
        Check<Double3x4>(seed: 2, rowCount: 70, l2: 0, standardize: true);
        Check<Double3x4>(seed: 3, rowCount: 40, l2: 0.05, standardize: false);
        Check<Double4x8>(seed: 4, rowCount: 150, l2: 0.01, standardize: true);
        Check<Double7x4>(seed: 5, rowCount: 300, l2: 0, standardize: true);

        void Check<TModel>(int seed, int rowCount, double l2, bool standardize)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            InferenceSample sample = InferenceSample.Draw(TModel.Shape, rowCount, seed);
            using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(sample.Rows, sample.Labels, sample.RowWeights);
            TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, Exact with { L2 = l2, Standardize = standardize });

            double[][] expected = new PlainCovariance([.. fit.Model.Weights], sample.Rows, sample.ClassIndices, sample.RowWeights)
                .Sandwich(l2, standardize, form);

            AssertCovariance([.. expected.SelectMany(row => row)], fit.Inference(set, form), 1e-8, $"{TModel.Shape.Classes} x {TModel.Shape.Features}, {form}");
        }
    }

    [Theory]
    [MemberData(nameof(Sandwiches))]
    public void A_row_of_weight_three_is_three_rows(CovarianceForm form)
    {
        InferenceSample sample = InferenceSample.Draw(Double3x2.Shape, 80, seed: 6);
        int[] copies = [.. sample.RowWeights.SelectMany((weight, row) => Enumerable.Repeat(row, (int)weight))];
        using TrainingSet<Double3x2, double> weighted = Double3x2.CreateTrainingSet(sample.Rows, sample.Labels, sample.RowWeights);
        using TrainingSet<Double3x2, double> repeated = Double3x2.CreateTrainingSet(
            [.. copies.SelectMany(row => sample.Rows[(row * 2)..((row * 2) + 2)])], [.. copies.Select(row => sample.Labels[row])]);

        StatisticalInference expected = SoftmaxTrainer.Train(repeated, Exact).Inference(repeated, form);

        AssertCovariance([.. expected.Covariance], SoftmaxTrainer.Train(weighted, Exact).Inference(weighted, form), 1e-9, $"{form}");
    }

    // B_2 - B_1 with the first class left out is minus the contrast of the same two classes with another one left out.
    [Theory]
    [MemberData(nameof(Sandwiches))]
    public void Which_class_is_the_first_makes_no_difference(CovarianceForm form)
    {
        InferenceSample sample = InferenceSample.Draw(Double3x2.Shape, 60, seed: 7);
        using TrainingSet<Double3x2, double> set = Double3x2.CreateTrainingSet(sample.Rows, sample.Labels);
        using TrainingSet<Double3x2, double> turned = Double3x2.CreateTrainingSet(sample.Rows, [.. sample.Labels.Select(label => (label + 2) % 3)]);

        StatisticalInference inference = SoftmaxTrainer.Train(set, Exact).Inference(set, form);
        StatisticalInference other = SoftmaxTrainer.Train(turned, Exact).Inference(turned, form);

        // Class 1 has become the first, class 2 the second: its contrast with class 1 is one coefficient there and a difference of two here.
        for (int k = 0; k < 3; k++)
        {
            double variance = At(k + 3, k + 3) - (2 * At(k, k + 3)) + At(k, k);
            AssertClose.Equal(Math.Sqrt(variance), other[1, k].StandardError, 1e-8 * Math.Sqrt(variance), $"{form}: the standard error of column {k}");
        }

        double At(int i, int j) => inference.Covariance[(i * 6) + j];
    }

    [Fact]
    public void Leaving_rows_out_gives_about_HC3_and_many_rows_give_one_and_the_same()
    {
        InferenceSample few = InferenceSample.Draw(Double3x1.Shape, 400, seed: 8);
        double[] jackknife = Jackknife(few);
        using TrainingSet<Double3x1, double> set = Double3x1.CreateTrainingSet(few.Rows, few.Labels);
        TrainingResult<Double3x1> fit = SoftmaxTrainer.Train(set, Exact);
        for (int i = 0; i < jackknife.Length; i++)
        {
            // The leverage of a row is about k / n = 4 / 400: with each form a standard error grows by half of that.
            double plain = Distance(i, CovarianceForm.Sandwich);
            double second = Distance(i, CovarianceForm.HC2);
            double third = Distance(i, CovarianceForm.HC3);
            Assert.True(third < second && second < plain && third < 0.02, $"coefficient {i}: {plain:R}, {second:R}, {third:R}");
        }

        double Distance(int i, CovarianceForm form) => Math.Abs((fit.Inference(set, form).Coefficients[i].StandardError / jackknife[i]) - 1);

        InferenceSample many = InferenceSample.Draw(Double3x1.Shape, 20_000, seed: 9);
        using TrainingSet<Double3x1, double> large = Double3x1.CreateTrainingSet(many.Rows, many.Labels);
        TrainingResult<Double3x1> largeFit = SoftmaxTrainer.Train(large, Exact);
        double[] expected = [.. largeFit.Inference(large, CovarianceForm.Sandwich).Covariance];
        foreach (CovarianceForm form in (ReadOnlySpan<CovarianceForm>)[CovarianceForm.HC1, CovarianceForm.HC2, CovarianceForm.HC3])
        {
            AssertCovariance(expected, largeFit.Inference(large, form), 1e-3, $"{form} of many rows");
        }
    }

    [Fact]
    public void Rows_that_determine_a_coefficient_alone_and_rows_too_few_are_refused()
    {
        // Of x = 1 there is half a row of either label: its leverage is 1 / weight, for each of the two.
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([0, 0, 1, 1], [0, 1, 0, 1], [20, 30, 0.5, 0.5]);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Exact);
        using TrainingSet<Double2x1, double> few = Double2x1.CreateTrainingSet([0, 0, 1, 1], [0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]);
        TrainingResult<Double2x1> fitOfFew = SoftmaxTrainer.Train(few, Exact);

        foreach (CovarianceForm form in (ReadOnlySpan<CovarianceForm>)[CovarianceForm.HC2, CovarianceForm.HC3])
        {
            Assert.Contains("a row has the leverage 1.", Refused(fit, set, form), StringComparison.Ordinal);
        }

        Assert.Contains("2, off that of the rows, which is only 2.", Refused(fitOfFew, few, CovarianceForm.HC1), StringComparison.Ordinal);
        Assert.True(fit.Inference(set, CovarianceForm.HC1)[1, 1].StandardError > fit.Inference(set, CovarianceForm.Sandwich)[1, 1].StandardError);

        static string Refused(TrainingResult<Double2x1> fit, TrainingSet<Double2x1, double> set, CovarianceForm form) =>
            Assert.Throws<InvalidOperationException>(() => fit.Inference(set, form)).Message;
    }

    // The variance of the estimates with one row left out: (n - 1) / n times the sum of their squared distances from their mean.
    private static double[] Jackknife(InferenceSample sample)
    {
        int n = sample.Labels.Length;
        double[][] estimates = [.. Enumerable.Range(0, n).Select(left =>
        {
            using TrainingSet<Double3x1, double> set = Double3x1.CreateTrainingSet(
                [.. sample.Rows.Where((_, row) => row != left)], [.. sample.Labels.Where((_, row) => row != left)]);
            TrainingResult<Double3x1> fit = SoftmaxTrainer.Train(set, Exact);
            double[] w = [.. fit.Model.Weights];
            return new[] { w[2] - w[0], w[3] - w[1], w[4] - w[0], w[5] - w[1] };
        })];
        return [.. Enumerable.Range(0, 4).Select(i =>
        {
            double mean = estimates.Average(e => e[i]);
            return Math.Sqrt((n - 1.0) / n * estimates.Sum(e => (e[i] - mean) * (e[i] - mean)));
        })];
    }

    private static double[] Matrix(JsonElement element) =>
        [.. element.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(cell => cell.GetDouble()))];

    private static void AssertCovariance(double[] expected, StatisticalInference actual, double tolerance, string context)
    {
        int size = actual.Coefficients.Count;
        Assert.Equal(size * size, expected.Length);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double scale = Math.Sqrt(expected[(i * size) + i] * expected[(j * size) + j]);
                AssertClose.Equal(expected[(i * size) + j], actual.Covariance[(i * size) + j], tolerance * scale, $"{context}: covariance {i}, {j}");
            }
        }
    }
}
