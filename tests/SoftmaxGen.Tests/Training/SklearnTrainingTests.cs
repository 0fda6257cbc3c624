using System.Text.Json;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Persistence;
using SoftmaxGen.Tests.Persistence.Sklearn;

namespace SoftmaxGen.Tests.Training;

/// <summary>Trained here or by scikit-learn, a model is the same.</summary>
public sealed class SklearnTrainingTests
{
    /// <summary>What is promised. Where the penalty is weak, scikit-learn itself stops farther from the optimum.</summary>
    private const double Tolerance = 1e-8;

    private static readonly SampleData _iris = SampleData.Load("iris");

    [SklearnFact]
    public void Iris_as_it_is() => AssertSameProbabilities<Double3x4>(_iris.Rows, _iris.Labels, Ones(150), 0.01);

    [SklearnFact]
    public void Iris_with_row_weights() => AssertSameProbabilities<Double3x4>(_iris.Rows, _iris.Labels, RandomWeights(150), 0.01);

    [SklearnFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Standardised_wine()
    {
        SampleData wine = SampleData.Load("wine", "standardized");
        AssertSameProbabilities<Double3x13>(wine.Rows, wine.Labels, Ones(178), 0.01);
    }

    [SklearnFact]
    public void Two_classes() =>
        AssertSameProbabilities<Double2x4>(_iris.Rows[(50 * 4)..], [.. _iris.Labels[50..].Select(y => y - 1)], RandomWeights(100), 0.01);

    [SklearnFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Some_digits()
    {
        // All of them take scikit-learn most of a minute at its tolerance here.
        SampleData digits = SampleData.Load("digits", "divided_by_16");
        AssertSameProbabilities<Double10x64>(digits.Rows[..(300 * 64)], digits.Labels[..300], Ones(300), 0.1);
    }

    private static void AssertSameProbabilities<TModel>(double[] rows, int[] labels, double[] weights, double l2)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var folder = new Folder();
        double[][] x = [.. rows.Chunk(TModel.Shape.Features)];
        File.WriteAllText(folder["problem"], JsonSerializer.Serialize(new { rows = x, labels, weights, l2 }));
        Expectation theirs = Expectation.Parse(Python.RunModels("train", folder["problem"]), x);

        using var set = new TrainingSet<TModel, double>(rows, labels, weights);
        foreach (Solver solver in (ReadOnlySpan<Solver>)[Solver.Newton, Solver.Lbfgs])
        {
            // Not standardised: the penalty is on the weights of the rows as they are, as it is there.
            TrainingResult<TModel> ours = SoftmaxTrainer.Train(
                set, new() { L2 = l2, Standardize = false, Tolerance = 1e-11, MaxIterations = 1000, Solver = solver });

            Assert.True(ours.Converged);
            theirs.Holds<TModel, double>(ours.Model, Tolerance);
        }
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double[] RandomWeights(int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble())];
    }
}
