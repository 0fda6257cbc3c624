using System.Runtime.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

public sealed class SoftmaxTrainerTests
{
    public static TheoryData<string, string, double> PenalisedOptima
    {
        get
        {
            var data = new TheoryData<string, string, double>();
            foreach (ReferenceOptimum optimum in ReferenceOptima.All.Where(o => o.L2 > 0))
            {
                data.Add(optimum.Data, optimum.Preparation, optimum.L2);
            }

            return data;
        }
    }

    [LongTheory(every: 5)]
    [MemberData(nameof(PenalisedOptima))]
    public void Training_reaches_the_reference_optimum(string data, string preparation, double l2)
    {
        ReferenceOptimum optimum = ReferenceOptima.Find(data, preparation, l2);
        var set = new PlainMeanLoss(SampleData.Load(data, preparation));

        Solution solution = SoftmaxTrainer.Solve(
            set, new TrainingOptions { L2 = l2, Standardize = false, Tolerance = 1e-11, MaxIterations = 2000 });

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.True(solution.History[^1].GradientNorm <= 1e-11);
        Assert.Equal(optimum.Objective, solution.Objective, 1e-9);
        Assert.Equal(optimum.Loss, solution.Loss, 1e-9);
        AssertVector.Close(optimum.Weights, solution.Weights, 1e-6);
    }

    [Fact]
    public void Training_without_penalty_reaches_the_reference_optimum()
    {
        ReferenceOptimum optimum = ReferenceOptima.Find("iris", "raw", 0);
        var set = new PlainMeanLoss(SampleData.Load("iris"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, Tolerance = 1e-11, MaxIterations = 2000 });

        // Setosa can be separated from the others, so that it is the infimum.
        Assert.Equal(StopReason.Separable, solution.StopReason);
        Assert.Equal(optimum.Objective, solution.Objective, 1e-9);
        Assert.Equal(solution.Objective, solution.Loss);
        for (int column = 0; column < 5; column++)
        {
            Assert.Equal(0, solution.Weights[column] + solution.Weights[5 + column] + solution.Weights[10 + column], 1e-12);
        }
    }

    [Theory]
    [InlineData("iris", 1e-3)]
    [InlineData("iris", 1e-1)]
    [InlineData("wine", 1e-2)]
    public void Standardize_equals_training_on_standardized_data_and_folding(string data, double l2)
    {
        var raw = new PlainMeanLoss(SampleData.Load(data));
        var standardized = new PlainMeanLoss(SampleData.Load(data, "standardized"));
        var options = new TrainingOptions { L2 = l2, Tolerance = 1e-11, MaxIterations = 2000 };

        Solution solution = SoftmaxTrainer.Solve(raw, options);

        Assert.Equal(ReferenceOptima.Find(data, "standardized", l2).Objective, solution.Objective, 1e-9);
        double[] folded = SoftmaxTrainer.Solve(standardized, options with { Standardize = false }).Weights;
        Coordinates.Choose(raw.Moments, raw.Shape.Classes, l2, standardize: true).ToWeights(folded, folded);
        CentreBiases(folded, raw.Shape);
        AssertVector.Close(folded, solution.Weights, 1e-7);
    }

    [Fact]
    public void Raw_features_converge_to_a_tight_tolerance_within_the_default_iterations()
    {
        var options = new TrainingOptions { L2 = 1e-3, Standardize = false, Tolerance = 1e-10 };

        Solution solution = SoftmaxTrainer.Solve(new PlainMeanLoss(SampleData.Load("iris")), options);

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.Equal(0.0957300001778, solution.Objective, 1e-10);
    }

    [Fact]
    public void Standardize_makes_the_optimum_independent_of_units()
    {
        SampleData data = SampleData.Load("iris");
        double[] units = [1e-6, 1, 1e3, 1e9];
        var scaled = new PlainMeanLoss(data.Classes, data.Features, [.. data.Rows.Select((x, i) => x * units[i % 4])], data.Labels);
        var options = new TrainingOptions { L2 = 1e-2, Tolerance = 1e-10 };

        Solution expected = SoftmaxTrainer.Solve(new PlainMeanLoss(data), options);
        Solution actual = SoftmaxTrainer.Solve(scaled, options);

        Assert.Equal(StopReason.Converged, actual.StopReason);
        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
    }

    [Fact]
    public void Default_penalty_is_one_over_the_total_row_weight()
    {
        SampleData data = SampleData.Load("iris");
        double[] rowWeights = [.. data.Labels.Select((_, i) => i % 2 == 0 ? 0.5 : 2.0)];
        var set = new PlainMeanLoss(data.Classes, data.Features, data.Rows, data.Labels, rowWeights);

        Solution byDefault = SoftmaxTrainer.Solve(set, new TrainingOptions());
        Solution explicitly = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 1 / 187.5 });

        Assert.Equal(explicitly.Weights, byDefault.Weights);
        Assert.True(byDefault.Objective > byDefault.Loss);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-2)]
    [InlineData(1e2)]
    [InlineData(1e6)]
    public void First_step_fits_the_scale_of_the_features(double scale)
    {
        SampleData data = SampleData.Load("iris");
        var set = new PlainMeanLoss(data.Classes, data.Features, Array.ConvertAll(data.Rows, x => x * scale), data.Labels);

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, Standardize = false, Tolerance = 1e-12, MaxIterations = 1 });

        // One evaluation at the start and at most four to find a step: a poor scale takes one more per power of ten.
        Assert.InRange(solution.Evaluations, 2, 5);
        Assert.True(solution.Objective < solution.History[0].Objective);
    }

    [Fact]
    public void Constant_feature_gets_no_weight()
    {
        var set = new PlainMeanLoss(2, 2, [7, 1, 7, 2, 7, 3, 7, 2.5], [0, 0, 1, 1]);

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions());

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.Equal(0, solution.Weights[1]);
        Assert.Equal(0, solution.Weights[4]);
        Assert.NotEqual(0, solution.Weights[2]);
    }

    [Fact]
    public void Loss_and_objective_are_those_of_the_returned_weights()
    {
        var set = new PlainMeanLoss(SampleData.Load("iris"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0.01, Standardize = false });

        double loss = set.LossAndGradient(solution.Weights, new double[15]);
        double squares = solution.Weights.Where((_, i) => i % 5 != 0).Sum(w => w * w);
        Assert.Equal(loss, solution.Loss, 1e-13);
        Assert.Equal(loss + (0.005 * squares), solution.Objective, 1e-13);
    }

    [Fact]
    public void Zero_start_within_tolerance_has_converged_at_iteration_zero()
    {
        var set = new PlainMeanLoss(2, 1, [3, 3, 3, 3], [0, 1, 0, 1]);

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, Standardize = false });

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.Equal(0, Assert.Single(solution.History).Iteration);
        Assert.Equal(1, solution.Evaluations);
        Assert.Equal([0, 0, 0, 0], solution.Weights);
    }

    [Fact]
    public void Separable_data_without_penalty_is_reported()
    {
        var set = new PlainMeanLoss(SampleData.Load("wine"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, Tolerance = 1e-12 });

        Assert.Equal(StopReason.Separable, solution.StopReason);
        Assert.Empty(set.RowsNotWon(solution.Weights));
    }

    [Fact]
    public void Separable_data_within_tolerance_are_not_called_converged()
    {
        var set = new PlainMeanLoss(2, 1, [-1, 1], [0, 1]);

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, Tolerance = 0.3 });

        Assert.True(solution.History[^1].GradientNorm <= 0.3);
        Assert.Equal(StopReason.Separable, solution.StopReason);
    }

    [Fact]
    public void Separable_data_with_penalty_has_an_optimum()
    {
        var set = new PlainMeanLoss(SampleData.Load("wine"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 1e-7, Tolerance = 1e-9, MaxIterations = 2000 });

        Assert.True(solution.Loss * set.RowCount < Math.Log(2));
        Assert.Equal(StopReason.Converged, solution.StopReason);
    }

    [Fact]
    public void Data_that_overlap_only_in_a_light_row_are_not_separable()
    {
        // The total loss falls far below ln 2, but not below ln 2 times the weight of the third row, which lies behind the second.
        var set = new PlainMeanLoss(2, 1, [-1, 1, 2], [0, 1, 0], rowWeights: [1, 1, 1e-3]);

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0, MaxIterations = 500 });

        Assert.True(solution.Loss * set.TotalWeight < 0.1);
        Assert.NotEqual(StopReason.Separable, solution.StopReason);
    }

    [Fact]
    public void Cancellation_returns_the_best_model_so_far()
    {
        var set = new PlainMeanLoss(SampleData.Load("iris"));
        using var source = new CancellationTokenSource();
        var progress = new Recorder(entry =>
        {
            if (entry.Iteration == 3)
            {
                source.Cancel();
            }
        });

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { L2 = 0.01, Standardize = false }, progress, cancellationToken: source.Token);

        Assert.Equal(StopReason.Canceled, solution.StopReason);
        Assert.Equal(3, solution.History[^1].Iteration);
        Assert.Equal(solution.History.Min(entry => entry.Objective), solution.Objective);
        Assert.Equal(solution.Loss, set.LossAndGradient(solution.Weights, new double[15]), 1e-13);
        Assert.True(solution.Loss < Math.Log(3));
    }

    [Fact]
    public void Canceled_before_the_start_returns_the_zero_model()
    {
        var set = new PlainMeanLoss(SampleData.Load("iris"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions(), cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(StopReason.Canceled, solution.StopReason);
        Assert.All(solution.Weights, w => Assert.Equal(0, w));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void MaxIterations_is_kept_and_told(int maxIterations)
    {
        var set = new PlainMeanLoss(SampleData.Load("iris"));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions { MaxIterations = maxIterations });

        Assert.Equal(StopReason.MaxIterations, solution.StopReason);
        Assert.Equal(maxIterations, solution.History[^1].Iteration);
        Assert.True(solution.History[^1].GradientNorm > 1e-6);
    }

    [Fact]
    public void Progress_tells_of_the_start_and_every_iteration_as_the_history_does()
    {
        int calls = 0;
        var set = new SpoiledMeanLoss(new PlainMeanLoss(SampleData.Load("iris")), (inner, weights, gradient, _) =>
        {
            calls++;
            return inner.LossAndGradient(weights, gradient);
        });
        var progress = new Recorder(entry => Assert.Equal(calls, entry.Evaluations));

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions(), progress);

        Assert.Equal(progress.Entries, solution.History);
        Assert.Equal(Enumerable.Range(0, solution.History.Count), solution.History.Select(entry => entry.Iteration));
        Assert.Equal(Math.Log(3), solution.History[0].Objective, 1e-12);
        Assert.Equal(solution.Objective, solution.History[^1].Objective);
        Assert.Equal(calls, solution.Evaluations);
        Assert.True(solution.History.Zip(solution.History.Skip(1)).All(pair => pair.First.Elapsed <= pair.Second.Elapsed));
        Assert.True(solution.History[^1].Elapsed <= solution.Elapsed);
    }

    [Fact]
    public void Inconsistent_gradient_ends_without_progress()
    {
        int calls = 0;
        var set = new SpoiledMeanLoss(new PlainMeanLoss(SampleData.Load("iris")), (inner, weights, gradient, _) =>
        {
            calls++;
            double loss = inner.LossAndGradient(weights, gradient);
            foreach (ref double g in gradient)
            {
                g = -g;
            }

            return loss;
        });

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions());

        Assert.Equal(StopReason.NoProgress, solution.StopReason);
        Assert.All(solution.Weights, w => Assert.Equal(0, w));
        Assert.Equal(calls, solution.Evaluations);
        Assert.InRange(calls, 2, 100);
    }

    [Fact]
    public void Failed_line_search_restarts_from_the_steepest_descent()
    {
        // The gradient is wrong for a while in mid-course: long enough to fail a search, and the one restart gets over it.
        int calls = 0;
        var set = new SpoiledMeanLoss(new PlainMeanLoss(SampleData.Load("iris")), (inner, weights, gradient, _) =>
        {
            double loss = inner.LossAndGradient(weights, gradient);
            return calls++ is >= 10 and < 40 ? double.NaN : loss;
        });

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions());

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.True(solution.Evaluations > 40);
    }

    [Fact]
    public void Values_that_are_not_numbers_end_without_progress()
    {
        var set = new SpoiledMeanLoss(new PlainMeanLoss(SampleData.Load("iris")), (_, _, gradient, _) =>
        {
            gradient.Fill(double.NaN);
            return double.NaN;
        });

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions());

        Assert.Equal(StopReason.NoProgress, solution.StopReason);
        Assert.All(solution.Weights, w => Assert.Equal(0, w));
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    public void Rounding_of_single_precision_does_not_hinder_convergence(string data)
    {
        var plain = new PlainMeanLoss(SampleData.Load(data));
        var set = new SpoiledMeanLoss(plain, RoundToSingle) { Shape = plain.Shape with { Precision = SoftmaxPrecision.Single } };

        Solution solution = SoftmaxTrainer.Solve(set, new TrainingOptions());

        Assert.Equal(StopReason.Converged, solution.StopReason);
        Assert.Equal(SoftmaxTrainer.Solve(plain, new TrainingOptions()).Objective, solution.Objective, 1e-5);

        static double RoundToSingle(IMeanLoss inner, ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads)
        {
            double[] rounded = [.. weights];
            for (int i = 0; i < rounded.Length; i++)
            {
                rounded[i] = (float)rounded[i];
            }

            float loss = (float)inner.LossAndGradient(rounded, gradient, maxThreads);
            foreach (ref double g in gradient)
            {
                g = (float)g;
            }

            return loss;
        }
    }

    [Fact]
    public void Class_without_a_row_is_refused_by_its_label()
    {
        var set = new PlainMeanLoss(3, 1, [1, 2, 3], [0, 2, 0], firstLabel: 1);

        var exception = Assert.Throws<ArgumentException>(() => SoftmaxTrainer.Solve(set, new TrainingOptions()));

        Assert.Equal("options", exception.ParamName);
        Assert.Contains("labelled 2 ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_with_rows_of_weight_zero_alone_is_refused()
    {
        var set = new PlainMeanLoss(2, 1, [1, 2, 3], [0, 1, 0], rowWeights: [1, 0, 1]);

        Assert.Throws<ArgumentException>(() => SoftmaxTrainer.Solve(set, new TrainingOptions()));
    }

    [Fact]
    public void Iterations_allocate_their_history_alone()
    {
        var set = new PlainMeanLoss(SampleData.Load("wine"));
        var workspace = new Workspace();
        (long Bytes, int Iterations) Train(int maxIterations)
        {
            var options = new TrainingOptions { Solver = Solver.Lbfgs, L2 = 1e-6, Tolerance = 1e-15, MaxIterations = maxIterations };
            int iterations = 0;
            long bytes = AssertAllocation.Bytes(() =>
            {
                workspace.ReturnAll();
                iterations = SoftmaxTrainer.Solve(set, options, workspace: workspace).History[^1].Iteration;
            });
            return (bytes, iterations);
        }

        (long bytesOfFew, int few) = Train(10);
        (long bytesOfMany, int many) = Train(40);

        Assert.True(few < many);
        Assert.Equal((many - few) * Unsafe.SizeOf<TrainingProgress>(), bytesOfMany - bytesOfFew);
    }

    private static void CentreBiases(double[] weights, ModelShape shape)
    {
        int length = shape.Features + 1;
        double mean = weights.Where((_, i) => i % length == 0).Average();
        for (int i = 0; i < weights.Length; i += length)
        {
            weights[i] -= mean;
        }
    }

    private sealed class Recorder(Action<TrainingProgress> onReport) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Entries { get; } = [];

        public void Report(TrainingProgress value)
        {
            Entries.Add(value);
            onReport(value);
        }
    }
}
