using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.TestModels.Persistence;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Persistence;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>Explanations against the mean of the training rows, which a model knows from its training on and its file keeps.</summary>
public sealed class MeanExplanationTests
{
    private static readonly SampleData _iris = SampleData.Load("iris");
    private static readonly float[] _singleRows = Array.ConvertAll(_iris.Rows, static x => (float)x);
    private static readonly TrainingResult<NamedIris> _fit = NamedIris.Train(_iris.Rows, _iris.Labels);
    private static readonly TrainingResult<NamedIrisSingle> _singleFit = NamedIrisSingle.Train(_singleRows, _iris.Labels);

    [Fact]
    public void Contributions_are_those_of_the_distance_to_the_mean_of_the_training_rows()
    {
        double[] mean = [.. Enumerable.Range(0, 4).Select(k => _iris.Rows.Where((_, i) => i % 4 == k).Average())];
        NamedIris model = _fit.Model;
        double[] contributions = new double[4];
        foreach (double[] row in _iris.Rows.Chunk(4))
        {
            ReferenceExplanation score = model.ExplainScore(row, 2, contributions);

            AssertParts(score, row, k => Weight(2, k), "the score of virginica");
            ReferenceExplanation margin = model.ExplainMargin(row, 2, 1, contributions);

            AssertParts(margin, row, k => Weight(2, k) - Weight(1, k), "virginica over versicolor");
        }

        double Weight(int label, int column) => model.Weights[(label * 5) + column];

        void AssertParts(ReferenceExplanation explanation, double[] row, Func<int, double> weight, string context)
        {
            double atMean = weight(0);
            double value = weight(0);
            double sum = explanation.AtReference;
            for (int k = 0; k < 4; k++)
            {
                atMean += weight(k + 1) * mean[k];
                value += weight(k + 1) * row[k];
                AssertClose.Equal(weight(k + 1) * (row[k] - mean[k]), contributions[k], 1e-12, $"{context}: feature {k}");
                sum += contributions[k];
            }

            // Nothing is left over, to the bit; the ends are those of the textbook.
            Assert.Equal(sum, explanation.Value);
            AssertClose.Equal(atMean, explanation.AtReference, 1e-12, $"{context}: the mean");
            AssertClose.Equal(value, explanation.Value, 1e-12, $"{context}: the row");
        }
    }

    [Fact]
    public void The_model_shares_the_moments_of_its_fit()
    {
        Assert.Same(_fit.FeatureMoments, _fit.Model.FeatureMoments);
        Assert.Same(_singleFit.FeatureMoments, _singleFit.Model.FeatureMoments);
        Assert.Equal(_fit.Model.StandardizedWeights(_fit.FeatureMoments).Select(static w => w.Importance),
            _fit.Model.StandardizedWeights().Select(static w => w.Importance));
    }

    [Theory]
    [InlineData(ModelFormat.Json)]
    [InlineData(ModelFormat.Binary)]
    public void Files_keep_the_mean_and_models_that_were_loaded_save_it_again(ModelFormat format)
    {
        AssertKept<NamedIris, double>(_fit.Model, path => _fit.Save(path, format), format);
        AssertKept<NamedIris, double>(_fit.Model, path => _fit.Model.Save(path, format), format);
        AssertKept<NamedIrisSingle, float>(_singleFit.Model, path => _singleFit.Save(path, format), format);
        AssertKept<NamedIrisSingle, float>(_singleFit.Model, path => _singleFit.Model.Save(path, format), format);
    }

    [Fact]
    public void A_model_without_moments_saves_none()
    {
        using var folder = new Folder();
        NamedIris.FromWeights(_fit.Model.Weights).Save(folder["json"]);
        NamedIris.FromWeights(_fit.Model.Weights).Save(folder["binary"], ModelFormat.Binary);

        Assert.DoesNotContain("training", File.ReadAllText(folder["json"]), StringComparison.Ordinal);
        Assert.Null(NamedIris.Load(folder["json"]).FeatureMoments);
        Assert.Null(NamedIris.Load(folder["binary"]).FeatureMoments);
    }

    [Fact]
    public void A_model_made_of_weights_alone_names_the_way_out()
    {
        NamedIris model = NamedIris.FromWeights(_fit.Model.Weights);
        double[] row = _iris.Rows[..4];

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model.ExplainScore(row, 0, new double[4]));

        Assert.Contains("Pass a reference", exception.Message, StringComparison.Ordinal);
        Assert.Contains("load the file", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.ExplainMargin(row, 0, 1, new double[4]));
        Assert.Throws<InvalidOperationException>(() => model.StandardizedWeights());
        Assert.Throws<InvalidOperationException>(() => FlowerModel.FromWeights(new double[15]).ExplainScore(default(Flower), Species.Setosa, new double[4]));
        Assert.Throws<ArgumentNullException>("model", () => ((NamedIris)null!).ExplainScore(row, 0, new double[4]));
    }

    [Fact]
    public void A_model_takes_moments_beside_its_weights()
    {
        var moments = new FeatureMoments([1, 2, 3, 4], [0, 1, 2, 3]);
        NamedIris model = NamedIris.FromWeights(_fit.Model.Weights, moments);
        double[] contributions = new double[4];

        Assert.Same(moments, model.FeatureMoments);
        ReferenceExplanation explanation = model.ExplainScore([1, 2, 3, 4], 1, contributions);
        Assert.Equal(explanation.AtReference, explanation.Value);
        Assert.Equal([0.0, 0, 0, 0], contributions);
        Assert.Null(NamedIris.FromWeights(_fit.Model.Weights, null).FeatureMoments);
    }

    [Fact]
    public void Moments_are_checked()
    {
        Assert.Contains(
            "those of 3 features; the model has 4",
            Assert.Throws<ArgumentException>(
                "featureMoments", () => NamedIris.FromWeights(_fit.Model.Weights, new FeatureMoments([1, 2, 3], [1, 2, 3]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("deviations", () => new FeatureMoments([1, 2, 3], [1, 2]));
        Assert.Throws<ArgumentException>("means", () => new FeatureMoments([1, double.NaN], [1, 2]));
        Assert.Contains(
            "Number 1 is -1",
            Assert.Throws<ArgumentException>("deviations", () => new FeatureMoments([1, 2], [0, -1])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("deviations", () => new FeatureMoments([1], [double.PositiveInfinity]));
    }

    [Fact]
    public void Rows_and_labels_of_the_programs_own_types_are_explained()
    {
        FlowerSample sample = FlowerSample.Of(60);
        FlowerModel model = FlowerModel.Train(sample.Flowers).Model;
        double[] contributions = new double[4];
        double[] typed = new double[4];
        for (int i = 0; i < 60; i++)
        {
            double[] row = sample.Rows[(4 * i)..(4 * (i + 1))];

            Assert.Equal(
                model.ExplainScore(row, model.FeatureMoments!.Means, (int)Species.Versicolor, contributions),
                model.ExplainScore(sample.Flowers[i], Species.Versicolor, typed));
            Assert.Equal(contributions, typed);
            Assert.Equal(
                model.ExplainMargin(row, model.FeatureMoments!.Means, 2, 0, contributions),
                model.ExplainMargin(sample.Flowers[i], Species.Virginica, Species.Setosa, typed));
            Assert.Equal(contributions, typed);
            Assert.Equal(model.ExplainScore(row, 1, contributions), model.ExplainScore(row, Species.Versicolor, typed));
            Assert.Equal(model.ExplainMargin(row, 1, 0, contributions), model.ExplainMargin(row, Species.Versicolor, Species.Setosa, typed));
        }

        FlowerClassModel objects = FlowerClassModel.Train(sample.Objects).Model;
        Assert.Throws<ArgumentNullException>("features", () => objects.ExplainScore(null!, Species.Setosa, typed));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => objects.ExplainScore(sample.Objects[0], (Species)3, typed));
    }

    [Fact]
    public void Calibrated_models_keep_the_moments()
    {
        FlowerSample sample = FlowerSample.Of(60);
        FlowerModel model = FlowerModel.Train(sample.Flowers).Model;
        double[] priors = [0.2, 0.3, 0.5];

        Assert.NotNull(model.FeatureMoments);
        Assert.Same(model.FeatureMoments, TemperatureScaling.Fit(model, sample.Rows, sample.Numbers).Model.FeatureMoments);
        Assert.Same(model.FeatureMoments, VectorScaling.Fit(model, sample.Rows, sample.Numbers).Model.FeatureMoments);
        Assert.Same(model.FeatureMoments, PriorCorrection.ToPriors(model, [0.25, 0.25, 0.5], priors).FeatureMoments);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        FlowerSample sample = FlowerSample.Of(60);
        FlowerModel model = FlowerModel.Train(sample.Flowers).Model;
        double[] contributions = new double[4];

        AssertAllocation.None(() =>
        {
            model.ExplainScore(sample.Flowers[0], Species.Setosa, contributions);
            model.ExplainMargin(sample.Flowers[0], Species.Setosa, Species.Versicolor, contributions);
            model.ExplainMargin(sample.Rows.AsSpan(0, 4), 2, 0, contributions);
        });
    }

    [Fact]
    public void Code_that_an_older_release_generated_goes_without()
    {
        var model = OlderModel.FromWeights([1, 2, 3, 4]);

        Assert.Null(((ISoftmaxModel<OlderModel, double>)model).FeatureMoments);
        Assert.Equal([1, 2, 3, 4], Make<OlderModel>([1, 2, 3, 4], new FeatureMoments([1], [1])).Weights);
        Assert.Throws<InvalidOperationException>(() => model.ExplainScore([1], 0, new double[1]));
        Assert.Equal(5, model.ExplainScore([2], [1], 0, new double[1]).Value);
        using var folder = new Folder();
        model.Save(folder["model"]);
        Assert.Equal([1, 2, 3, 4], ModelFile.Load<OlderModel, double>(folder["model"]).Weights);

        static TModel Make<TModel>(double[] weights, FeatureMoments moments)
            where TModel : class, ISoftmaxModel<TModel, double> => TModel.FromWeights(weights, moments);
    }

    private static void AssertKept<TModel, T>(TModel model, Action<string> save, ModelFormat format)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var folder = new Folder();
        save(folder["first"]);
        TModel loaded = ModelFile.Load<TModel, T>(folder["first"]);
        loaded.Save(folder["second"], format);
        TModel again = ModelFile.Load<TModel, T>(folder["second"]);

        foreach (TModel copy in new[] { loaded, again })
        {
            Assert.Equal(model.Weights, copy.Weights);
            Assert.Equal(model.FeatureMoments!.Means, copy.FeatureMoments!.Means);
            Assert.Equal(model.FeatureMoments!.Deviations, copy.FeatureMoments!.Deviations);
            T[] row = [.. Enumerable.Range(1, 4).Select(static i => T.CreateTruncating(i))];
            Assert.Equal(model.ExplainScore(row, 1, new double[4]), copy.ExplainScore(row, 1, new double[4]));
        }
    }

    /// <summary>What code was generated for a model of two classes and one feature before models knew their moments: no member of theirs.</summary>
    private sealed class OlderModel : ISoftmaxModel<OlderModel, double>
    {
        private readonly double[] _weights;

        private OlderModel(double[] weights) => _weights = weights;

        public static ModelShape Shape { get; } = Double2x1.Shape;

        public ReadOnlySpan<double> Weights => _weights;

        public static OlderModel FromWeights(ReadOnlySpan<double> weights) => new(weights.ToArray());

        public static double LossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, Span<double> gradient) =>
            throw new NotSupportedException();

        public static TrainingSet<OlderModel, double> CreateTrainingSet(
            ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, ReadOnlySpan<double> rowWeights = default) => throw new NotSupportedException();

        public static TrainingResult<OlderModel> Train(
            ReadOnlySpan<double> rows,
            ReadOnlySpan<int> labels,
            TrainingOptions? options = null,
            IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public static double AccumulateLossAndGradient(ReadOnlySpan<double> weights, PackedRows<double> rows, Span<double> gradientSum) =>
            throw new NotSupportedException();

        public static void AccumulateHessianProduct(
            ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, PackedRows<double> rows, Span<double> productSum) =>
            throw new NotSupportedException();

        public static void AccumulateHessian(ReadOnlySpan<double> weights, PackedRows<double> rows, Span<double> hessianSum) =>
            throw new NotSupportedException();

        public int Predict(ReadOnlySpan<double> features) => throw new NotSupportedException();

        public void PredictScores(ReadOnlySpan<double> features, Span<double> scores) => throw new NotSupportedException();

        public void PredictProbabilities(ReadOnlySpan<double> features, Span<double> probabilities) => throw new NotSupportedException();

        public void PredictBatch(ReadOnlySpan<double> rows, Span<int> labels) => throw new NotSupportedException();

        public void PredictProbabilitiesBatch(ReadOnlySpan<double> rows, Span<double> probabilities) => throw new NotSupportedException();
    }
}
