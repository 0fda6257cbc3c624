using System.Numerics;

namespace SoftmaxGen.Tests.Ranks;

/// <summary>Rows of eight chunks, the last of them one row long, with labels drawn from the probabilities of a model.</summary>
internal sealed class RankSample
{
    /// <summary>The number of rows: few enough to be quick, enough for seven ranks.</summary>
    public const int RowCount = (7 * 8192) + 1;

    public RankSample(int classes, int features, bool overlap = true)
    {
        Classes = classes;
        Features = features;
        var random = new Random((100 * classes) + features);
        double[] weights = [.. Enumerable.Range(0, classes * (features + 1)).Select(_ => (random.NextDouble() - 0.5) * (overlap ? 2 : 200))];
        Rows = new double[RowCount * features];
        Labels = new int[RowCount];
        RowWeights = [.. Enumerable.Range(0, RowCount).Select(i => i % 50 == 0 ? 0 : 0.1 + random.NextDouble())];
        Targets = new double[RowCount * classes];
        Offsets = [.. Enumerable.Range(0, RowCount * classes).Select(_ => random.NextDouble())];
        double[] scores = new double[classes];
        for (int i = 0; i < RowCount; i++)
        {
            Span<double> row = Rows.AsSpan(i * features, features);
            for (int k = 0; k < features; k++)
            {
                row[k] = (k + 1) * (k + random.NextDouble() + random.NextDouble());
            }

            double sum = 0;
            for (int j = 0; j < classes; j++)
            {
                double score = weights[j * (features + 1)];
                for (int k = 0; k < features; k++)
                {
                    score += weights[(j * (features + 1)) + k + 1] * ((row[k] / (k + 1)) - k - 1);
                }

                scores[j] = Math.Exp(score);
                sum += scores[j];
            }

            double left = random.NextDouble() * sum;
            for (int j = 0; j < classes; j++)
            {
                Targets[(i * classes) + j] = scores[j] / sum;
                left -= scores[j];
                Labels[i] += left > 0 && j + 1 < classes ? 1 : 0;
            }
        }
    }

    public int Classes { get; }

    public int Features { get; }

    public double[] Rows { get; }

    public int[] Labels { get; }

    public double[] RowWeights { get; }

    public double[] Targets { get; }

    public double[] Offsets { get; }

    /// <summary>Makes a set of some of the rows.</summary>
    public TrainingSet<TModel, T> Set<TModel, T>(RankShare share, RankForm form = RankForm.Plain)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = (int)share.First;
        int count = (int)share.Count;
        return new TrainingSet<TModel, T>(new TrainingRows<T>
        {
            Rows = Part(Rows, Features),
            Labels = form == RankForm.SoftLabels ? [] : Labels.AsSpan(first, count),
            Targets = form == RankForm.SoftLabels ? Part(Targets, Classes) : [],
            RowWeights = form is RankForm.RowWeights or RankForm.SoftLabels ? Part(RowWeights, 1) : [],
            Offsets = form == RankForm.Offsets ? Part(Offsets, Classes) : [],
        });

        T[] Part(double[] all, int columns) => Array.ConvertAll(all[(first * columns)..((first + count) * columns)], T.CreateChecked);
    }

    /// <summary>Makes a set of all rows.</summary>
    public TrainingSet<TModel, T> Whole<TModel, T>(RankForm form = RankForm.Plain)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Set<TModel, T>(new RankShare(0, RowCount), form);
}
