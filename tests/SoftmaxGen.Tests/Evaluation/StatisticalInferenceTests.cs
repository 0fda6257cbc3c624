using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class StatisticalInferenceTests
{
    private static readonly TrainingOptions Exact = new() { L2 = 0, Tolerance = 1e-10, MaxIterations = 2000 };

    /// <summary>
    /// The expected numbers were computed by mpmath 1.3 with 40 decimal digits: Newton's method to the end, and the inverse of the information there.
    /// </summary>
    [Fact]
    public void Two_species_of_iris_have_the_standard_errors_of_an_arbitrary_precision_computation()
    {
        SampleData data = SampleData.Load("iris");
        double[] rows = data.Rows[(50 * 4)..];
        int[] labels = [.. data.Labels[50..].Select(label => label - 1)];
        using TrainingSet<Double2x4, double> set = Double2x4.CreateTrainingSet(rows, labels);

        StatisticalInference inference = SoftmaxTrainer.Train(set, Exact).Inference(set);

        AssertCoefficient(0, -42.637803813022, 25.7076608331619, -1.65856411789986, 0.0972036572981632);
        AssertCoefficient(1, -2.46522019518666, 2.39430101853521, -1.02961999184832, 0.303188426775077);
        AssertCoefficient(2, -6.68088701407855, 4.47956456660095, -1.49141438073923, 0.135852734820611);
        AssertCoefficient(3, 9.42938515392664, 4.73720770031654, 1.9904943482416, 0.0465365059625678);
        AssertCoefficient(4, 18.286136887851, 9.7426121398268, 1.87692341903863, 0.0605285906006803);
        AssertClose.Equal(-5.94927339567942, inference.LogLikelihood, 1e-10, "the log-likelihood");
        AssertClose.Equal(21.8985467913588, inference.Aic!.Value, 1e-10, "AIC");
        AssertCovariance<Double2x4>(rows, labels, null, Exact);

        void AssertCoefficient(int index, double estimate, double error, double z, double p)
        {
            // The training's tolerance, multiplied by the condition of the Hessian, is what remains in the estimates.
            Coefficient coefficient = inference.Coefficients[index];
            AssertClose.Equal(estimate, coefficient.Estimate, 1e-6, $"estimate {index}");
            AssertClose.Equal(error, coefficient.StandardError, 1e-6, $"standard error {index}");
            AssertClose.Equal(z, coefficient.Z, 1e-7, $"z {index}");
            AssertClose.Equal(p, coefficient.PValue, 1e-7, $"p-value {index}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Standard_errors_are_those_of_the_full_Hessian(bool weighted)
    {
        AssertSampled<Double2x1>(300, weighted);
        AssertSampled<Double2x9>(400, weighted);
        AssertSampled<Double3x4From1>(20_000, weighted);
        AssertSampled<Double4x8FromMinus5>(600, weighted);
        AssertSampled<Double7x9>(900, weighted);
    }

    [Fact]
    public void Shapes_without_a_generated_Hessian_get_theirs_from_products()
    {
        Assert.False(Double7x30.Shape.HasHessian);
        AssertSampled<Double7x30>(1500, weighted: true);
    }

    [Theory]
    [InlineData(true, 0.0)]
    [InlineData(true, 0.02)]
    [InlineData(false, 0.02)]
    public void Sandwiches_are_those_of_the_formula(bool standardize, double l2)
    {
        TrainingOptions options = Exact with { L2 = l2, Standardize = standardize };
        Sample sample = Drawn(Double4x8FromMinus5.Shape, 500).WithScaledFeature(2, _ => 30);

        AssertCovariance<Double4x8FromMinus5>(sample.Rows, sample.Labels, sample.RowWeights(), options, CovarianceForm.Sandwich);
    }

    [Fact]
    public void The_default_penalty_is_that_of_the_training()
    {
        Sample sample = Drawn(Double3x4.Shape, 200);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, sample.Labels);
        TrainingOptions options = Exact with { L2 = null };

        double byDefault = SoftmaxTrainer.Train(set, options).Inference(set, CovarianceForm.Sandwich)[1, 2].StandardError;
        double explicitly = SoftmaxTrainer.Train(set, options with { L2 = 1 / 200.0 }).Inference(set, CovarianceForm.Sandwich)[1, 2].StandardError;

        Assert.Equal(explicitly, byDefault);
    }

    [Theory]
    [InlineData(new[] { 1e-6, 1, 1e4, 1e9 })]
    [InlineData(new[] { 1e100, 1e-100, 1, 1e-3 })]
    public void Units_of_the_features_make_no_difference(double[] units)
    {
        Sample sample = Drawn(Double3x4.Shape, 400);
        Sample scaled = Enumerable.Range(0, 4).Aggregate(sample, (s, k) => s.WithScaledFeature(k, _ => units[k]));

        StatisticalInference expected = Infer(sample);
        StatisticalInference actual = Infer(scaled);

        for (int i = 0; i < 10; i++)
        {
            double unit = i % 5 == 0 ? 1 : units[(i % 5) - 1];
            AssertClose.Equal(1, actual.Coefficients[i].StandardError * unit / expected.Coefficients[i].StandardError, 1e-8, $"standard error {i}");
            AssertClose.Equal(1, actual.Coefficients[i].PValue / expected.Coefficients[i].PValue, 1e-5, $"p-value {i}");
        }

        static StatisticalInference Infer(Sample sample)
        {
            using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, sample.Labels);
            return SoftmaxTrainer.Train(set, Exact).Inference(set);
        }
    }

    [Fact]
    public void A_two_by_two_table_has_the_odds_ratio_of_the_textbook()
    {
        // Rows without (x = 0) and with (x = 1) exposure, of class 0 and 1; the weights are the counts of the table.
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([0, 0, 1, 1], [0, 1, 0, 1], [40, 10, 25, 35]);

        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Exact with { Tolerance = 1e-12 });
        StatisticalInference inference = fit.Inference(set);
        StatisticalInference sandwich = fit.Inference(set, CovarianceForm.Sandwich);

        Coefficient logOddsRatio = inference[1, 1];
        double error = Math.Sqrt((1 / 40.0) + (1 / 10.0) + (1 / 25.0) + (1 / 35.0));
        double estimate = Math.Log(40.0 * 35 / (10 * 25));
        AssertClose.Equal(estimate, logOddsRatio.Estimate, 1e-9, "the log odds ratio");
        AssertClose.Equal(error, logOddsRatio.StandardError, 1e-9, "its standard error");
        AssertClose.Equal(Math.Sqrt((1 / 40.0) + (1 / 10.0)), inference[1, 0].StandardError, 1e-9, "the standard error of the log odds");
        AssertClose.Equal(-((1 / 40.0) + (1 / 10.0)), inference.Covariance[1], 1e-9, "the covariance");
        AssertClose.Equal(estimate / error, logOddsRatio.Z, 1e-8, "z");

        // A saturated model is true: the sandwich is the same.
        AssertClose.Equal(error, sandwich[1, 1].StandardError, 1e-9, "the standard error of the sandwich");

        // The log-likelihood of two binomials, with two parameters and 110 rows.
        double logLikelihood = (40 * Math.Log(0.8)) + (10 * Math.Log(0.2)) + (25 * Math.Log(25 / 60.0)) + (35 * Math.Log(35 / 60.0));
        AssertClose.Equal(logLikelihood, inference.LogLikelihood, 1e-9, "the log-likelihood");
        AssertClose.Equal(4 - (2 * logLikelihood), inference.Aic!.Value, 1e-9, "AIC");
        AssertClose.Equal((2 * Math.Log(110)) - (2 * logLikelihood), inference.Bic!.Value, 1e-9, "BIC");
        Assert.Equal(110, inference.RowCount);
    }

    [Fact]
    public void Coefficients_have_p_values_and_intervals_of_the_normal_distribution()
    {
        var coefficient = new Coefficient { Label = 1, ClassName = "1", Column = 1, FeatureName = "x1", Estimate = -3.92, StandardError = 2 };

        Assert.Equal(-1.96, coefficient.Z);

        // mpmath: erfc(1.96 / sqrt(2)), sqrt(2) erfinv(0.95) and sqrt(2) erfinv(0.99).
        Assert.Equal(0.049995790296440872, coefficient.PValue, 1e-16);
        Assert.Equal(-3.92 - (2 * 1.9599639845400542), coefficient.Interval().Lower, 1e-14);
        Assert.Equal(-3.92 + (2 * 1.9599639845400542), coefficient.Interval().Upper, 1e-14);
        Assert.Equal(-3.92 + (2 * 2.5758293035489008), coefficient.Interval(0.99).Upper, 1e-13);
        Assert.Equal((0, 1), ((coefficient with { Estimate = 0, StandardError = 0 }).Z, (coefficient with { Estimate = 0, StandardError = 0 }).PValue));
        Assert.All([0, 1, -1, double.NaN], level => Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => coefficient.Interval(level)));
    }

    [Fact]
    public void Single_precision_comes_near()
    {
        Sample sample = Drawn(Single3x4.Shape, 500);
        using TrainingSet<Single3x4, float> set = Single3x4.CreateTrainingSet(Array.ConvertAll(sample.Rows, x => (float)x), sample.Labels);

        TrainingResult<Single3x4> fit = SoftmaxTrainer.Train(set, Exact with { Tolerance = 1e-6 });
        StatisticalInference inference = fit.Inference(set);

        double[] weights = Array.ConvertAll(fit.Model.Weights.ToArray(), w => (double)w);
        double[][] expected = new PlainCovariance(weights, sample.Rows, sample.ClassIndices).Information();
        for (int i = 0; i < 10; i++)
        {
            AssertClose.Equal(Math.Sqrt(expected[i][i]), inference.Coefficients[i].StandardError, 1e-5, $"standard error {i}");
        }
    }

    [Fact]
    public void Fits_without_standard_errors_are_refused_with_the_reason()
    {
        SampleData wine = SampleData.Load("wine");
        SampleData iris = SampleData.Load("iris");
        Sample drawn = Drawn(Double3x4.Shape, 300);
        double[] constant = [.. drawn.Rows.Select((x, i) => i % 4 == 1 ? 7.25 : x)];
        double[] collinear = [.. drawn.Rows.Select((x, i) => i % 4 == 3 ? drawn.Rows[i - 1] + (2 * drawn.Rows[i - 2]) : x)];

        Refuse<Double3x13>("classes are separable", wine.Rows, wine.Labels, Exact);
        Refuse<Double3x4>("did not converge; it ended with MaxIterations", iris.Rows, iris.Labels, Exact with { MaxIterations = 3 });
        Refuse<Double3x4>("penalised (L2 = 0.01)", iris.Rows, iris.Labels, Exact with { L2 = 0.01 });
        Refuse<Double3x4>("penalised (L2 = 0.006666666666666667)", iris.Rows, iris.Labels, Exact with { L2 = null });
        Refuse<Double3x4>("L1 penalty", drawn.Rows, drawn.Labels, Exact with { L1 = 1e-12, Tolerance = 1e-4 });
        Refuse<Double3x4>("weighted the classes", drawn.Rows, drawn.Labels, Exact with { ClassWeights = ClassWeights.Balanced });
        Refuse<Double3x4>("label smoothing", drawn.Rows, drawn.Labels, Exact with { LabelSmoothing = 0.1 });
        Refuse<Double3x4>("the feature x2 is constant", constant, drawn.Labels, Exact);
        Refuse<Double3x4>("singular at x4. The feature is determined by those before it", collinear, drawn.Labels, Exact);

        // Setosa can be separated from the other two, which cannot be told apart for certain.
        Refuse<Double3x4>("classes are separable", iris.Rows, iris.Labels, Exact);
        Refuse<Double3x4>("classes are separable", iris.Rows, iris.Labels, Exact with { Solver = Solver.Lbfgs });

        static void Refuse<TModel>(string reason, double[] rows, int[] labels, TrainingOptions options)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels);
            TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, options);
            using CultureScope culture = CultureScope.Hostile();
            var exception = Assert.Throws<InvalidOperationException>(() => fit.Inference(set));
            Assert.StartsWith("There are no standard errors: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Offsets_that_a_bias_can_take_over_change_no_standard_errors()
    {
        Sample sample = Drawn(Double3x4.Shape, 300);
        double[] offsets = [.. Enumerable.Range(0, 900).Select(i => i % 3 == 1 ? 2.5 : 0)];
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, sample.Labels);
        using var shifted = new TrainingSet<Double3x4, double>(
            new TrainingRows<double> { Rows = sample.Rows, Labels = sample.Labels, Offsets = offsets });
        TrainingResult<Double3x4> fit = SoftmaxTrainer.Train(shifted, Exact);

        foreach (CovarianceForm form in Enum.GetValues<CovarianceForm>())
        {
            StatisticalInference expected = SoftmaxTrainer.Train(set, Exact).Inference(set, form);
            StatisticalInference actual = fit.Inference(shifted, form);

            AssertClose.Equal(expected[1, 0].Estimate - 2.5, actual[1, 0].Estimate, 1e-7, "the bias");
            AssertClose.Vector(
                [.. expected.Coefficients.Select(c => c.StandardError)], [.. actual.Coefficients.Select(c => c.StandardError)], 1e-9, $"errors, {form}");
        }
    }

    [Fact]
    public void Soft_labels_are_as_many_rows_with_hard_ones_but_where_rows_are_taken_one_by_one()
    {
        Sample sample = Drawn(Double3x4.Shape, 200);
        int[] others = [.. sample.ClassIndices.Select((y, row) => (y + (row % 3)) % 3)];
        double[] targets = [.. Enumerable.Range(0, 600).Select(i => (sample.ClassIndices[i / 3] == i % 3 ? 0.75 : 0) + (others[i / 3] == i % 3 ? 0.25 : 0))];
        using var soft = new TrainingSet<Double3x4, double>(new TrainingRows<double> { Rows = sample.Rows, Targets = targets });
        using TrainingSet<Double3x4, double> hard = Double3x4.CreateTrainingSet(
            [.. sample.Rows, .. sample.Rows], [.. sample.ClassIndices, .. others], [.. Enumerable.Range(0, 400).Select(i => i < 200 ? 0.75 : 0.25)]);

        StatisticalInference actual = SoftmaxTrainer.Train(soft, Exact).Inference(soft);
        StatisticalInference expected = SoftmaxTrainer.Train(hard, Exact).Inference(hard);

        AssertClose.Vector(
            [.. expected.Coefficients.Select(c => c.StandardError)], [.. actual.Coefficients.Select(c => c.StandardError)], 1e-9, "standard errors");
        AssertClose.Equal(expected.LogLikelihood, actual.LogLikelihood, 1e-9 * Math.Abs(expected.LogLikelihood), "the log-likelihood");
        Assert.True(
            SoftmaxTrainer.Train(soft, Exact).Inference(soft, CovarianceForm.Sandwich)[1, 1].StandardError
            < 0.999 * SoftmaxTrainer.Train(hard, Exact).Inference(hard, CovarianceForm.Sandwich)[1, 1].StandardError);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    public void Data_separable_but_for_ties_are_refused(double tolerance)
    {
        // No row is on the wrong side of x = 0, and two rows of different classes are on it: the weight has no finite optimum, although the loss is not 0.
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([-2, -1, 0, 0, 1, 2], [0, 0, 0, 1, 1, 1]);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Exact with { Tolerance = tolerance });
        Assert.Equal(StopReason.Separable, fit.StopReason);

        var exception = Assert.Throws<InvalidOperationException>(() => fit.Inference(set));

        Assert.Contains("classes are separable", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_rows_and_bad_arguments_are_refused()
    {
        Sample drawn = Drawn(Double3x4.Shape, 300);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(drawn.Rows, drawn.Labels);
        using TrainingSet<Double3x4, double> other = Double3x4.CreateTrainingSet(Array.ConvertAll(drawn.Rows, x => x + 1e-3), drawn.Labels);
        TrainingResult<Double3x4> fit = SoftmaxTrainer.Train(set, Exact);

        Assert.Contains("trained on other rows", Assert.Throws<ArgumentException>("set", () => fit.Inference(other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("set", () => fit.Inference<Double3x4, double>(null!));
        Assert.Throws<ArgumentNullException>("result", () => ((TrainingResult<Double3x4>)null!).Inference(set));
        Assert.Throws<ArgumentOutOfRangeException>("form", () => fit.Inference(set, (CovarianceForm)5));
        StatisticalInference inference = fit.Inference(set);
        Assert.All([(0, 0), (3, 0), (1, -1), (1, 5)], at => Assert.Throws<ArgumentOutOfRangeException>(() => inference[at.Item1, at.Item2]));
    }

    [Fact]
    public void The_report_is_the_same_in_every_culture()
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([0, 0, 1, 1], [0, 1, 0, 1], [40, 10, 25, 35]);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, Exact with { Tolerance = 1e-12 });
        TrainingResult<Double2x1> penalised = SoftmaxTrainer.Train(set, Exact with { L2 = 0.1 });
        using CultureScope culture = CultureScope.Hostile();

        const string Expected = """
            110 rows, log-likelihood -65.77172, AIC 135.5434, BIC 140.9444; covariance: Information; classes against 0

                          estimate   std. error         z           p  95 % interval
            1  (bias)      -1.3863      0.35355    -3.921    8.82E-05  [-2.0792, -0.69334]
            1  x1           1.7228      0.43997     3.916    9.02E-05  [0.86045, 2.5851]

            """;
        Assert.Equal(Expected, fit.Inference(set).ToString());
        Assert.Contains(", penalised; covariance: Sandwich;", penalised.Inference(set, CovarianceForm.Sandwich).ToString(), StringComparison.Ordinal);
        Assert.Null(penalised.Inference(set, CovarianceForm.Sandwich).Aic);
        Assert.Null(penalised.Inference(set, CovarianceForm.Sandwich).Bic);
        Assert.StartsWith("1, x1: 1.7228, standard error 0.43997, z 3.916, p 9.02E-05", fit.Inference(set)[1, 1].ToString(), StringComparison.Ordinal);
    }

    private static void AssertSampled<TModel>(int rowCount, bool weighted)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        Sample sample = Drawn(TModel.Shape, rowCount);
        AssertCovariance<TModel>(sample.Rows, sample.Labels, weighted ? sample.RowWeights() : null, Exact);
    }

    private static void AssertCovariance<TModel>(
        double[] rows, int[] labels, double[]? rowWeights, TrainingOptions options, CovarianceForm form = CovarianceForm.Information)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels, rowWeights);
        TrainingResult<TModel> fit = SoftmaxTrainer.Train(set, options);
        double[] weights = [.. fit.Model.Weights];

        StatisticalInference inference = fit.Inference(set, form);

        ModelShape shape = TModel.Shape;
        var plain = new PlainCovariance(weights, rows, Array.ConvertAll(labels, label => label - shape.FirstLabel), rowWeights);
        double[][] expected = form == CovarianceForm.Information ? plain.Information() : plain.Sandwich(options.L2!.Value, options.Standardize);
        int size = inference.Coefficients.Count;
        Assert.Equal((shape.Classes - 1) * (shape.Features + 1), size);
        for (int i = 0; i < size; i++)
        {
            Coefficient coefficient = inference.Coefficients[i];
            double error = Math.Sqrt(expected[i][i]);
            AssertClose.Equal(error, coefficient.StandardError, 1e-8 * Math.Max(1, error), $"{shape.Classes} x {shape.Features}: standard error {i}");
            Assert.Equal(weights[i + shape.Features + 1] - weights[i % (shape.Features + 1)], coefficient.Estimate);
            Assert.Equal((shape.FirstLabel + 1 + (i / (shape.Features + 1)), i % (shape.Features + 1)), (coefficient.Label, coefficient.Column));
            Assert.Same(coefficient, inference[coefficient.Label, coefficient.Column]);
            for (int j = 0; j < size; j++)
            {
                double scale = Math.Sqrt(expected[i][i] * expected[j][j]);
                double actual = inference.Covariance[(i * size) + j];
                AssertClose.Equal(expected[i][j], actual, 1e-8 * scale, $"{shape.Classes} x {shape.Features}: covariance {i}, {j}");
            }
        }
    }

    // Labels drawn with the probabilities of the sample's own weights, so that there is an optimum.
    private static Sample Drawn(ModelShape shape, int rowCount)
    {
        Sample sample = Sample.Of(shape, rowCount);
        var random = new Random(rowCount);
        return sample with
        {
            ClassIndices = [.. Enumerable.Range(0, rowCount).Select(row =>
            {
                double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, sample.Rows.AsSpan(row * shape.Features, shape.Features)));
                double u = random.NextDouble();
                return Math.Min(shape.Classes - 1, Enumerable.Range(1, shape.Classes).First(j => j == shape.Classes || u < p.Take(j).Sum()) - 1);
            })],
        };
    }
}
