using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Kernels;

namespace SoftmaxGen.Tests.Ranks;

/// <summary>Trainings over 1 to 7 ranks, threads here, have the bits of one process: weights, course and inference.</summary>
public sealed class JoinedTrainingTests
{
    private static readonly int[] _sizes = [1, 2, 3, 4, 7];
    private static readonly RankSample _sample = new(classes: 3, features: 4);
    private static readonly TrainingOptions _plain = new() { Tolerance = 1e-8, L2 = 1e-4 };

    public static TheoryData<string> Cases => [.. _cases.Keys];

    private static readonly Dictionary<string, (TrainingOptions Options, RankForm Form)> _cases = new()
    {
        ["Auto"] = (_plain, RankForm.Plain),
        ["Newton"] = (_plain with { Solver = Solver.Newton }, RankForm.Plain),
        ["L-BFGS"] = (_plain with { Solver = Solver.Lbfgs }, RankForm.Plain),
        ["gradient descent"] = (_plain with { Solver = Solver.GradientDescent, MaxIterations = 10 }, RankForm.Plain),
        ["no penalty"] = (_plain with { L2 = 0 }, RankForm.Plain),
        ["raw features"] = (_plain with { Standardize = false }, RankForm.Plain),
        ["L1"] = (_plain with { L1 = 0.01 }, RankForm.Plain),
        ["L1 by L-BFGS"] = (_plain with { L1 = 0.01, Solver = Solver.Lbfgs }, RankForm.Plain),
        ["groups"] = (_plain with { GroupL1 = 0.01, L1 = 0.001 }, RankForm.Plain),
        ["class weights"] = (_plain with { ClassWeights = ClassWeights.Balanced }, RankForm.RowWeights),
        ["smoothing"] = (_plain with { LabelSmoothing = 0.1, ClassWeights = ClassWeights.Of(1, 2, 3) }, RankForm.Plain),
        ["row weights"] = (_plain, RankForm.RowWeights),
        ["soft labels"] = (_plain, RankForm.SoftLabels),
        ["offsets"] = (_plain, RankForm.Offsets),
        ["a start"] = (_plain with { InitialWeights = Enumerable.Range(0, 15).Select(i => Math.Sin(i)).ToArray() }, RankForm.RowWeights),
        ["bias reduction"] = (_plain with { L2 = null, BiasReduction = true, MaxIterations = 1 }, RankForm.Plain),
        ["threads"] = (_plain with { MaxThreads = 2 }, RankForm.RowWeights),
    };

    [LongTheory(every: 4)]
    [MemberData(nameof(Cases))]
    public void Ranks_train_to_the_bits_of_one_process(string name)
    {
        (TrainingOptions options, RankForm form) = _cases[name];
        RequireSameBits<Double3x4, double>(_sample, options, form);
    }

    [Fact]
    public void Models_of_single_precision_do_so_too()
    {
        RequireSameBits<Single3x4, float>(_sample, _plain with { Tolerance = 1e-4 }, RankForm.RowWeights);
        RequireSameBits<Single3x4, float>(_sample, _plain with { Tolerance = 1e-4, LabelSmoothing = 0.1 }, RankForm.Plain);
    }

    [Fact]
    public void So_do_products_with_a_Hessian_that_is_too_large()
    {
        var sample = new RankSample(classes: 70, features: 16);

        RequireSameBits<Double70x16, double>(sample, _plain with { Solver = Solver.Newton, MaxIterations = 1, MaxThreads = 2 }, RankForm.Plain, 3);
    }

    [Fact]
    public void So_do_Hessians_that_are_summed_rank_by_rank()
    {
        var sample = new RankSample(classes: 10, features: 16);

        RequireSameBits<Double10x16, double>(sample, _plain with { Solver = Solver.Newton, MaxIterations = 3, MaxThreads = 2 }, RankForm.Plain, 2, 3);
    }

    [LongTheory(every: 3)]
    [InlineData(RankForm.Plain)]
    [InlineData(RankForm.RowWeights)]
    [InlineData(RankForm.SoftLabels)]
    public void So_do_trainings_by_a_sample_of_the_rows(RankForm form)
    {
        var sample = new RankSample(classes: 4, features: 8);

        RequireSameBits<Double4x8, double>(sample, _plain, form);
    }

    [Fact]
    public void Separable_rows_are_found_to_be()
    {
        var sample = new RankSample(classes: 3, features: 4, overlap: false);
        int[] classes = [.. Enumerable.Range(0, RankSample.RowCount).Select(i => sample.Labels[i])];
        for (int i = 0; i < classes.Length; i++)
        {
            // The first feature tells the class.
            sample.Rows[i * 4] = (10 * classes[i]) + (i % 7);
        }

        TrainingResult<Double3x4>[] results = RequireSameBits<Double3x4, double>(sample, _plain with { L2 = 0 }, RankForm.Plain);

        Assert.All(results, result => Assert.Equal(StopReason.Separable, result.StopReason));
        Assert.NotNull(results[0].Separation);
        Assert.Null(results[^1].Separation);
    }

    [Fact]
    public void Validation_sets_may_lie_on_ranks_and_on_each_rank()
    {
        TrainingOptions options = _plain with { Solver = Solver.Lbfgs, L2 = 0, Patience = 1 };
        using TrainingSet<Double3x4, double> whole = _sample.Whole<Double3x4, double>();
        using TrainingSet<Double3x4, double> validation = _sample.Set<Double3x4, double>(new RankShare(0, 20_000));
        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(whole, options, validation);

        foreach (TrainingResult<Double3x4> result in ThreadGroup.Run(2, group =>
        {
            using TrainingSet<Double3x4, double> part = _sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount));
            using TrainingSet<Double3x4, double> all = part.Join(group);
            return SoftmaxTrainer.Train(all, options, validation);
        }).Concat(ThreadGroup.Run(3, group =>
        {
            using TrainingSet<Double3x4, double> part = _sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount));
            using TrainingSet<Double3x4, double> all = part.Join(group);
            using TrainingSet<Double3x4, double> validationPart = _sample.Set<Double3x4, double>(group.ShareOf(20_000));
            using TrainingSet<Double3x4, double> validationAll = validationPart.Join(group);
            return SoftmaxTrainer.Train(all, options, validationAll);
        })))
        {
            RequireSame(expected, result);
            Assert.Equal(expected.ValidationLoss, result.ValidationLoss);
        }
    }

    [LongTheory(every: 2)]
    [InlineData(CovarianceForm.Information)]
    [InlineData(CovarianceForm.HC3)]
    public void Inference_has_the_same_bits(CovarianceForm form)
    {
        TrainingOptions options = _plain with { L2 = 0, Solver = Solver.Newton };
        using TrainingSet<Double3x4, double> whole = _sample.Whole<Double3x4, double>(RankForm.RowWeights);
        StatisticalInference expected = SoftmaxTrainer.Train(whole, options).Inference(whole, form);

        foreach (StatisticalInference inference in ThreadGroup.Run(3, group =>
        {
            using TrainingSet<Double3x4, double> part = _sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount), RankForm.RowWeights);
            using TrainingSet<Double3x4, double> all = part.Join(group);
            return SoftmaxTrainer.Train(all, options).Inference(all, form);
        }))
        {
            Assert.Equal(expected.Covariance.ToArray(), inference.Covariance.ToArray());
            Assert.Equal(expected.LogLikelihood, inference.LogLikelihood);
        }
    }

    [Fact]
    public void A_joined_set_says_of_all_rows_what_one_set_of_them_says()
    {
        using TrainingSet<Double3x4, double> whole = _sample.Whole<Double3x4, double>(RankForm.RowWeights);
        double[] weights = [.. Enumerable.Range(0, 15).Select(i => Math.Cos(i) / 10)];
        double[] expected = Says(whole);

        Assert.All(
            _sizes.SelectMany(size => ThreadGroup.Run(size, group =>
            {
                using TrainingSet<Double3x4, double> part = _sample.Set<Double3x4, double>(group.ShareOf(RankSample.RowCount), RankForm.RowWeights);
                using TrainingSet<Double3x4, double> all = part.Join(group);
                return Says(all);
            })),
            says => Assert.Equal(expected, says));

        double[] Says(TrainingSet<Double3x4, double> set)
        {
            double[] gradient = new double[15];
            double[] product = new double[15];
            double[] hessian = new double[225];
            double loss = set.LossAndGradient(weights, gradient);
            set.HessianProduct(weights, weights, product);
            set.Hessian(weights, hessian);
            var moments = FeatureMoments.Of(set);

            // Four chunks, which the ranks share, though each of them has all rows of a sample.
            double[] sampled = new double[15];
            using IRowSample sample = ((IMeanLoss)set).Sample(2)!;
            double sampledLoss = sample.LossAndGradient(weights, sampled);
            return [set.RowCount, loss, .. gradient, .. product, .. hessian, .. moments.Means, .. moments.Deviations, sampledLoss, .. sampled];
        }
    }

    private static TrainingResult<TModel>[] RequireSameBits<TModel, T>(RankSample sample, TrainingOptions options, RankForm form, params int[] sizes)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using TrainingSet<TModel, T> whole = sample.Whole<TModel, T>(form);
        TrainingResult<TModel> expected = SoftmaxTrainer.Train(whole, options);
        List<TrainingResult<TModel>> results = [expected];
        foreach (int size in sizes is [] ? _sizes : sizes)
        {
            foreach (TrainingResult<TModel> result in ThreadGroup.Run(size, group =>
            {
                using TrainingSet<TModel, T> part = sample.Set<TModel, T>(group.ShareOf(RankSample.RowCount), form);
                using TrainingSet<TModel, T> all = part.Join(group);
                return SoftmaxTrainer.Train(all, options);
            }))
            {
                RequireSame(expected, result);
                Assert.Equal(expected.Model.Weights.ToArray(), result.Model.Weights.ToArray());
                results.Add(result);
            }
        }

        return [.. results];
    }

    private static void RequireSame<TModel>(TrainingResult<TModel> expected, TrainingResult<TModel> result)
    {
        Assert.Equal((expected.StopReason, expected.Solver, expected.Evaluations), (result.StopReason, result.Solver, result.Evaluations));
        Assert.Equal((expected.Loss, expected.Objective, expected.GradientNorm), (result.Loss, result.Objective, result.GradientNorm));
        Assert.Equal(expected.History.Select(static entry => entry.Objective), result.History.Select(static entry => entry.Objective));
        Assert.Equal(expected.FeatureMoments.Means.ToArray(), result.FeatureMoments.Means.ToArray());
        Assert.Equal(expected.FeatureMoments.Deviations.ToArray(), result.FeatureMoments.Deviations.ToArray());
    }
}
