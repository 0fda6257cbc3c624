using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>Answers with an L1 penalty meet the conditions of Karush, Kuhn and Tucker and are those of an independent proximal method.</summary>
public sealed class ElasticNetTests
{
    public static TheoryData<Solver, string, double, double> Problems
    {
        get
        {
            var problems = new TheoryData<Solver, string, double, double>();
            foreach (Solver solver in new[] { Solver.Newton, Solver.Lbfgs })
            {
                problems.Add(solver, "iris", 0.01, 0);
                problems.Add(solver, "iris", 0.1, 0);
                problems.Add(solver, "iris", 0.02, 0.05);
                problems.Add(solver, "wine", 0.01, 0);
                problems.Add(solver, "wine", 0.05, 0.01);
            }

            return problems;
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_answer_is_that_of_a_proximal_method(Solver solver, string name, double l1, double l2)
    {
        SampleData data = SampleData.Load(name, "standardized");
        double[] expected = ProximalGradient.Minimize(data.Rows, data.Labels, data.Classes, l1, l2, tolerance: 1e-10);

        (double[] weights, double objective) = Train(solver, data, l1, l2, standardize: false);

        AssertVector.Close(expected, weights, l2 > 0 ? 1e-7 : 1e-6);
        Assert.Equal(ProximalGradient.Objective(expected, data.Rows, data.Labels, l1, l2), objective, 1e-11);
        Assert.Equal(expected.Count(w => w == 0), weights.Count(w => w == 0));
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_conditions_hold_on_raw_features(Solver solver, string name, double l1, double l2)
    {
        SampleData data = SampleData.Load(name);

        (double[] weights, _) = Train(solver, data, l1, l2, standardize: false);

        double[] gradient = PlainSoftmax.LossAndGradient(weights, data.Rows, data.Labels).Gradient;
        for (int i = 0; i < weights.Length; i++)
        {
            bool isBias = i % (data.Features + 1) == 0;
            double slope = gradient[i] + (isBias ? 0 : l2 * weights[i]);
            double violation = isBias ? Math.Abs(slope) : weights[i] == 0 ? Math.Max(0, Math.Abs(slope) - l1) : Math.Abs(slope + (l1 * Math.Sign(weights[i])));
            Assert.True(violation <= 1e-8, $"Element {i} violates by {violation}.");
        }

        Assert.Contains(weights, w => w == 0);
    }

    [Fact]
    public void Standardize_equals_training_on_standardized_data_and_folding()
    {
        SampleData raw = SampleData.Load("wine");

        (double[] weights, double objective) = Train(Solver.Auto, raw, 0.02, 0.01, standardize: true);
        (double[] standardized, double expected) = Train(Solver.Auto, SampleData.Load("wine", "standardized"), 0.02, 0.01, standardize: false);

        Assert.Equal(expected, objective, 1e-12);
        for (int i = 0; i < weights.Length; i++)
        {
            int column = i % (raw.Features + 1);
            if (column > 0)
            {
                double[] values = [.. raw.Rows.Where((_, index) => index % raw.Features == column - 1)];
                double mean = values.Average();
                double deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));

                // Two answers whose gradients are within 1e-9, by a curvature of at least 0.01.
                Assert.Equal(standardized[i], weights[i] * deviation, 1e-6);
            }
        }
    }

    [Fact]
    public void A_strong_penalty_leaves_the_biases_alone()
    {
        SampleData data = SampleData.Load("wine");

        (double[] weights, _) = Train(Solver.Auto, data, 10, 0, standardize: true);

        double[] logs = [.. Enumerable.Range(0, 3).Select(j => Math.Log(data.Labels.Count(y => y == j)))];
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(i % 14 == 0 ? logs[i / 14] - logs.Average() : 0, weights[i], i % 14 == 0 ? 1e-8 : 0);
        }
    }

    private static (double[] Weights, double Objective) Train(Solver solver, SampleData data, double l1, double l2, bool standardize)
    {
        var options = new TrainingOptions { Solver = solver, L1 = l1, L2 = l2, Standardize = standardize, Tolerance = 1e-9, MaxIterations = 3000 };
        return data.Features == 4 ? Train<Double3x4>() : Train<Double3x13>();

        (double[] Weights, double Objective) Train<TModel>()
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            TrainingResult<TModel> result = TModel.Train(data.Rows, data.Labels, options);
            Assert.Equal(StopReason.Converged, result.StopReason);
            return (result.Model.Weights.ToArray(), result.Objective);
        }
    }
}
