using SoftmaxGen.TestModels.Kernels;

namespace SoftmaxGen.Tests.Ranks;

/// <summary>What one rank cannot do the others hear of: nobody waits for ever.</summary>
public sealed class RankFailureTests
{
    private static readonly RankSample _sample = new(classes: 3, features: 4);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 3)]
    [InlineData(0, 3)]
    public void An_exception_of_a_progress_callback_is_told_to_the_other_ranks(int thrower, int iteration)
    {
        (int, Exception?)[] results = ThreadGroup.Try(3, group => Train(group, new TrainingOptions { Solver = Solver.Lbfgs }, new Reporter(entry =>
        {
            if (group.Rank == thrower && entry.Iteration == iteration)
            {
                throw new FormatException("The disk is full.");
            }
        })));

        for (int rank = 0; rank < 3; rank++)
        {
            if (rank == thrower)
            {
                Assert.IsType<FormatException>(results[rank].Item2);
                continue;
            }

            ProcessGroupException failure = Assert.IsType<ProcessGroupException>(results[rank].Item2);
            Assert.Equal(thrower, failure.Rank);
            Assert.Equal($"Rank {thrower} has failed. FormatException: The disk is full.", failure.Message);
        }
    }

    [Fact]
    public void Whether_a_training_is_canceled_is_for_rank_0_to_say()
    {
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();

        Assert.All(Train(canceledRank: 1), reason => Assert.Equal(StopReason.Converged, reason));
        Assert.All(Train(canceledRank: 0), reason => Assert.Equal(StopReason.Canceled, reason));

        StopReason[] Train(int canceledRank) => ThreadGroup.Run(2, group =>
        {
            using TrainingSet<Double3x4, double> part = Part(group);
            using TrainingSet<Double3x4, double> all = part.Join(group);
            return SoftmaxTrainer.Train(all, null, null, group.Rank == canceledRank ? canceled.Token : default).StopReason;
        });
    }

    [Theory]
    [InlineData(Solver.Sgd)]
    [InlineData(Solver.Momentum)]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.AdaGrad)]
    public void Stochastic_solvers_are_refused(Solver solver)
    {
        foreach ((int _, Exception? failure) in ThreadGroup.Try(2, group => Train(group, new TrainingOptions { Solver = solver })))
        {
            Assert.StartsWith($"{solver} takes batches of rows", Assert.IsType<NotSupportedException>(failure).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ranks_with_other_options_notice_it()
    {
        Assert.All(
            ThreadGroup.Try(2, group => Train(group, new TrainingOptions { Solver = Solver.Lbfgs, L2 = group.Rank })),
            result => Assert.Contains("do not compute the same", Assert.IsType<ProcessGroupException>(result.Failure).Message, StringComparison.Ordinal));
        Assert.All(
            ThreadGroup.Try(2, group => Train(group, new TrainingOptions { Solver = Solver.Lbfgs, MaxIterations = 3 + group.Rank })),
            result => Assert.Contains("do not compute the same", Assert.IsType<ProcessGroupException>(result.Failure).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_that_one_rank_refuses_is_told_to_the_others()
    {
        (int _, Exception? failure)[] results = ThreadGroup.Try(3, group => Train(group, new TrainingOptions { MaxIterations = group.Rank == 1 ? 0 : 10 }));

        Assert.IsType<ArgumentOutOfRangeException>(results[1].failure);
        Assert.Equal(1, Assert.IsType<ProcessGroupException>(results[0].failure).Rank);
        Assert.Equal(1, Assert.IsType<ProcessGroupException>(results[2].failure).Rank);
    }

    [Fact]
    public void A_rank_that_leaves_is_not_waited_for()
    {
        (int _, Exception? failure)[] results = ThreadGroup.Try(3, group =>
        {
            int iterations = group.Rank == 1 ? 0 : Train(group);
            group.Leave();
            return iterations;
        });

        Assert.Null(results[1].failure);
        Assert.Equal("Rank 1 has left before its work was done.", Assert.IsType<ProcessGroupException>(results[0].failure).Message);
        Assert.Equal(1, Assert.IsType<ProcessGroupException>(results[2].failure).Rank);
        Assert.All(ThreadGroup.Run(3, group =>
        {
            int iterations = Train(group);
            group.Leave();
            return iterations;
        }), iterations => Assert.True(iterations > 0));
    }

    [Fact]
    public void Rows_that_are_not_cut_where_chunks_end_are_refused()
    {
        foreach ((int _, Exception? failure) in ThreadGroup.Try(2, group => Train(group, share: new RankShare(10_000 * group.Rank, 10_000))))
        {
            Assert.StartsWith(
                "Rank 1 begins at row 10000 of 20000: the rows of all ranks must be cut at multiples of 8192 rows",
                Assert.IsType<ArgumentException>(failure).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ranks_whose_rows_differ_in_kind_are_refused()
    {
        foreach ((int _, Exception? failure) in ThreadGroup.Try(2, group => Train(group, form: group.Rank == 0 ? RankForm.Plain : RankForm.RowWeights)))
        {
            Assert.StartsWith("Rank 1 has not what rank 0 has", Assert.IsType<ArgumentException>(failure).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ranks_of_another_model_are_refused()
    {
        foreach ((int _, Exception? failure) in ThreadGroup.Try(2, group => group.Rank == 0 ? Train(group) : Other(group)))
        {
            Assert.StartsWith("Rank 1 has rows of another model", Assert.IsType<ArgumentException>(failure).Message, StringComparison.Ordinal);
        }

        int Other(ThreadGroup group)
        {
            int[] labels = [.. Enumerable.Range(0, 8192).Select(i => 1 + (i % 3))];
            using TrainingSet<Double3x4From1, double> part = Double3x4From1.CreateTrainingSet(new double[4 * 8192], labels);
            using TrainingSet<Double3x4From1, double> all = part.Join(group);
            return 0;
        }
    }

    [Fact]
    public void What_needs_all_rows_in_one_process_is_refused()
    {
        foreach ((int _, Exception? failure) in ThreadGroup.Try(2, group =>
        {
            using TrainingSet<Double3x4, double> part = Part(group);
            using TrainingSet<Double3x4, double> all = part.Join(group);
            Double3x4 model = SoftmaxTrainer.Train(all).Model;
            Assert.Throws<NotSupportedException>(() => all.FindSeparation());
            Assert.Throws<NotSupportedException>(() => model.Evaluate(all));
            Assert.Throws<InvalidOperationException>(() => all.Join(group));
            return 0;
        }))
        {
            Assert.Null(failure);
        }
    }

    [Fact]
    public void A_joined_set_lives_as_long_as_its_part()
    {
        ThreadGroup.Run(2, group =>
        {
            TrainingSet<Double3x4, double> part = Part(group);
            TrainingSet<Double3x4, double> all = part.Join(group);
            part.Dispose();
            Assert.Throws<ObjectDisposedException>(() => SoftmaxTrainer.Train(all));
            all.Dispose();
            return 0;
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8192, 1)]
    [InlineData(8193, 2)]
    [InlineData(100_003, 13)]
    [InlineData(1_000_000, 62)]
    [InlineData(5_000_000_000, 64)]
    public void Shares_cover_all_rows_and_are_cut_where_chunks_end(long rows, int most)
    {
        for (int size = 1; size <= most; size++)
        {
            long next = 0;
            for (int rank = 0; rank < size; rank++)
            {
                RankShare share = new QuietGroup(rank, size).ShareOf(rows);
                Assert.Equal(next, share.First);
                Assert.Equal(0, share.First % 8192);
                Assert.True(share.Count > 0);
                next += share.Count;
            }

            Assert.Equal(rows, next);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new QuietGroup(0, most + 1).ShareOf(rows));
    }

    private static TrainingSet<Double3x4, double> Part(ThreadGroup group) => _sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount));

    private static int Train(
        ThreadGroup group,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        RankShare? share = null,
        RankForm form = RankForm.Plain)
    {
        using TrainingSet<Double3x4, double> part = _sample.Set<Double3x4, double>(share ?? group.ShareOf(RankSample.RowCount), form);
        using TrainingSet<Double3x4, double> all = part.Join(group);
        return SoftmaxTrainer.Train(all, options, progress).Iterations;
    }

    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
