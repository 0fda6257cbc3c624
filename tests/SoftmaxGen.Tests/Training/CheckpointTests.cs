using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Persistence;
using SoftmaxGen.Tests.Ranks;
using SoftmaxGen.Training.Checkpoints;

namespace SoftmaxGen.Tests.Training;

/// <summary>A training that was stopped and is resumed comes to the bits of one that was not.</summary>
public sealed class CheckpointTests
{
    private static readonly SampleData _data = SampleData.Load("iris");
    private static readonly TrainingOptions _plain = new() { Tolerance = 1e-10, L2 = 1e-3 };

    private static readonly Dictionary<string, TrainingOptions> _cases = new()
    {
        ["Auto"] = _plain,
        ["Newton"] = _plain with { Solver = Solver.Newton },
        ["L-BFGS"] = _plain with { Solver = Solver.Lbfgs },
        ["gradient descent"] = _plain with { Solver = Solver.GradientDescent, Tolerance = 1e-3, L2 = 0.1 },
        ["no penalty"] = _plain with { L2 = 0 },
        ["L1"] = _plain with { L1 = 0.01 },
        ["L1 by L-BFGS"] = _plain with { L1 = 0.01, Solver = Solver.Lbfgs },
        ["groups"] = _plain with { GroupL1 = 0.01 },
        ["class weights"] = _plain with { ClassWeights = ClassWeights.Of(1, 2, 3), LabelSmoothing = 0.1 },
        ["bias reduction"] = _plain with { L2 = null, BiasReduction = true },
    };

    public static TheoryData<string> Cases => [.. _cases.Keys];

    [LongTheory(every: 3)]
    [MemberData(nameof(Cases))]
    public void A_training_that_is_canceled_anywhere_is_resumed_to_the_same_bits(string name)
    {
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        TrainingOptions options = _cases[name];
        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(set, options);

        for (int iteration = 0; iteration < expected.Iterations; iteration += Math.Max(1, expected.Iterations / 7))
        {
            using var folder = new Folder();
            var checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], Resume = true };
            using var cancellation = new CancellationTokenSource();
            int last = iteration;
            TrainingResult<Double3x4> stopped = SoftmaxTrainer.Train(
                set, options with { Checkpoint = checkpoint }, new Reporter(entry => CancelAt(entry, last, cancellation)), cancellation.Token);

            TrainingResult<Double3x4> resumed = SoftmaxTrainer.Train(set, options with { Checkpoint = checkpoint });

            Assert.Equal((StopReason.Canceled, iteration), (stopped.StopReason, stopped.Iterations));
            RequireSame(expected, resumed);
        }
    }

    [Fact]
    public void A_training_that_is_canceled_keeps_all_of_its_passes()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        using var cancellation = new CancellationTokenSource();
        var checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 1000 };
        TrainingOptions kept = _plain with { Solver = Solver.Lbfgs, Checkpoint = checkpoint };

        TrainingResult<Double3x4> stopped = SoftmaxTrainer.Train(set, kept, new Reporter(entry => CancelAt(entry, 7, cancellation)), cancellation.Token);

        Assert.Equal(7, stopped.Iterations);
        Assert.Equal(stopped.Evaluations, CheckpointFile.Read(folder["checkpoint"]).Count);
    }

    [Fact]
    public void A_training_that_throws_is_resumed_from_the_last_iteration_that_was_saved()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        TrainingOptions options = _plain with { Solver = Solver.Lbfgs };
        TrainingOptions kept = options with { Checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 4, Resume = true } };
        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(set, options);
        Assert.Throws<FormatException>(() => SoftmaxTrainer.Train(set, kept, new Reporter(entry => ThrowAt(entry, 10))));

        int passes = 0;
        SoftmaxGen.Training.Solution resumed = SoftmaxTrainer.Solve(
            new LoggedLoss(
                new SpoiledMeanLoss(set, (inner, weights, gradient, threads) =>
                {
                    passes++;
                    return inner.LossAndGradient(weights, gradient, threads);
                }),
                PassLog.Open(kept.Checkpoint!, new LocalFold(set.RowCount))),
            options);

        // One pass tells the rows; those of the first eight iterations are known.
        Assert.Equal(expected.Evaluations - expected.History[8].Evaluations + 1, passes);
        Assert.Equal(expected.Evaluations, resumed.Evaluations);
        Assert.Equal(expected.Model.Weights.ToArray(), resumed.Weights);
    }

    [Fact]
    public void A_training_with_a_validation_set_is_resumed_to_the_same_bits()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        using TrainingSet<Double3x4, double> validation = Double3x4.CreateTrainingSet(_data.Rows.AsSpan(200, 240), _data.Labels.AsSpan(50, 60));
        TrainingOptions options = _plain with { Solver = Solver.Lbfgs, L2 = 0 };
        TrainingOptions kept = options with { Checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 2, Resume = true } };
        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(set, options, validation);
        Assert.Throws<FormatException>(() => SoftmaxTrainer.Train(set, kept, validation, new Reporter(entry => ThrowAt(entry, 7))));

        RequireSame(expected, SoftmaxTrainer.Train(set, kept, validation));
    }

    [Fact]
    public void Ranks_resume_what_one_process_began_and_the_other_way_round()
    {
        var sample = new RankSample(classes: 3, features: 4);
        TrainingOptions options = _plain with { Solver = Solver.Lbfgs };
        using TrainingSet<Double3x4, double> whole = sample.Whole<Double3x4, double>();
        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(whole, options);
        using var folder = new Folder();
        TrainingOptions kept = options with { Checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 1, Resume = true } };
        Assert.Throws<FormatException>(() => SoftmaxTrainer.Train(whole, kept, new Reporter(entry => ThrowAt(entry, 3))));
        byte[] first = File.ReadAllBytes(folder["checkpoint"]);

        Assert.All(ThreadGroup.Try(3, group => Train(group, 5)), result => Assert.NotNull(result.Failure));
        Assert.True(File.ReadAllBytes(folder["checkpoint"]).AsSpan().Length > first.Length);
        Assert.All(ThreadGroup.Run(2, group => Train(group, int.MaxValue)), result => RequireSame(expected, result));
        RequireSame(expected, SoftmaxTrainer.Train(whole, kept));

        TrainingResult<Double3x4> Train(ThreadGroup group, int thrower)
        {
            using TrainingSet<Double3x4, double> part = sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount));
            using TrainingSet<Double3x4, double> all = part.Join(group);

            // Rank 0 alone has the file.
            TrainingCheckpoint checkpoint = group.Rank == 0 ? kept.Checkpoint! : kept.Checkpoint! with { Path = "nowhere" };
            var progress = new Reporter(entry => ThrowAt(entry, group.Rank == 1 ? thrower : int.MaxValue));
            return SoftmaxTrainer.Train(all, kept with { Checkpoint = checkpoint }, progress);
        }
    }

    [Fact]
    public void A_training_that_had_too_few_iterations_is_resumed_with_more()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        var checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 1, Resume = true };
        TrainingOptions kept = _plain with { Solver = Solver.Lbfgs, Checkpoint = checkpoint };
        Assert.Equal(StopReason.MaxIterations, SoftmaxTrainer.Train(set, kept with { MaxIterations = 5 }).StopReason);

        RequireSame(SoftmaxTrainer.Train(set, kept with { Checkpoint = null }), SoftmaxTrainer.Train(set, kept));
    }

    [Fact]
    public void Without_Resume_a_training_begins_anew()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        File.WriteAllText(folder["checkpoint"], "something else");

        TrainingResult<Double3x4> result = SoftmaxTrainer.Train(set, _plain with { Checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"] } });

        RequireSame(SoftmaxTrainer.Train(set, _plain), result);
        Assert.NotEmpty(CheckpointFile.Read(folder["checkpoint"]));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);

        // Two labels exchanged: neither totals nor moments tell.
        int[] otherLabels = [.. _data.Labels];
        (otherLabels[10], otherLabels[60]) = (otherLabels[60], otherLabels[10]);
        using TrainingSet<Double3x4, double> other = Double3x4.CreateTrainingSet(_data.Rows, otherLabels);
        TrainingOptions kept = _plain with { Checkpoint = new TrainingCheckpoint { Path = folder["checkpoint"], EveryIterations = 1, Resume = true } };
        _ = SoftmaxTrainer.Train(set, kept);

        Assert.StartsWith("The checkpoint is of another training", Refusal(other, kept), StringComparison.Ordinal);
        Assert.StartsWith("The checkpoint is of another training", Refusal(set, kept with { L2 = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_damaged_is_refused_wherever_the_damage_is()
    {
        using var folder = new Folder();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_data.Rows, _data.Labels);
        string path = folder["checkpoint"];
        TrainingOptions kept = _plain with { Checkpoint = new TrainingCheckpoint { Path = path, EveryIterations = 1, Resume = true } };
        _ = SoftmaxTrainer.Train(set, kept);
        byte[] file = File.ReadAllBytes(path);

        for (int length = 0; length < file.Length; length += 1 + (length / 8))
        {
            File.WriteAllBytes(path, file[..length]);
            Assert.Contains(path, Refusal(set, kept), StringComparison.Ordinal);
        }

        for (int place = 0; place < file.Length; place += 1 + (place / 8))
        {
            byte[] spoiled = [.. file];
            spoiled[place] ^= 1;
            File.WriteAllBytes(path, spoiled);
            Assert.Contains(path, Refusal(set, kept), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_that_do_not_fit_a_checkpoint_are_refused()
    {
        var checkpoint = new TrainingCheckpoint { Path = "checkpoint" };

        Assert.Throws<ArgumentOutOfRangeException>(
            () => Double3x4.Train(_data.Rows, _data.Labels, _plain with { Checkpoint = checkpoint with { EveryIterations = 0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Double3x4.Train(_data.Rows, _data.Labels, _plain with { Checkpoint = checkpoint, Solver = Solver.Adam }));
        Assert.False(File.Exists("checkpoint"));
    }

    private static string Refusal(TrainingSet<Double3x4, double> set, TrainingOptions options) =>
        Assert.Throws<InvalidDataException>(() => SoftmaxTrainer.Train(set, options)).Message;

    private static void CancelAt(TrainingProgress entry, int iteration, CancellationTokenSource cancellation)
    {
        if (entry.Iteration == iteration)
        {
            cancellation.Cancel();
        }
    }

    private static void ThrowAt(TrainingProgress entry, int iteration)
    {
        if (entry.Iteration == iteration)
        {
            throw new FormatException("The progress bar is full.");
        }
    }

    private static void RequireSame(TrainingResult<Double3x4> expected, TrainingResult<Double3x4> actual)
    {
        Assert.Equal(expected.Model.Weights.ToArray(), actual.Model.Weights.ToArray());
        Assert.Equal((expected.StopReason, expected.Solver, expected.Evaluations), (actual.StopReason, actual.Solver, actual.Evaluations));
        Assert.Equal((expected.Loss, expected.Objective), (actual.Loss, actual.Objective));
        Assert.Equal(expected.History.Select(static entry => entry.Objective), actual.History.Select(static entry => entry.Objective));
    }

    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
