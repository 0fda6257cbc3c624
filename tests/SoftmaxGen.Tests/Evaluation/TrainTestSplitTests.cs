using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class TrainTestSplitTests
{
    [Fact]
    public void Splits_keep_what_they_promise()
    {
        var random = new Random(11);
        for (int round = 0; round < 500; round++)
        {
            int n = 2 + random.Next(200);
            int classes = 1 + random.Next(6);
            double share = 0.01 + (random.NextDouble() * 0.98);
            int[] labels = [.. Enumerable.Range(0, n).Select(_ => random.Next(classes) * random.Next(2))];
            int[] counts = [.. labels.GroupBy(label => label).Select(ofClass => ofClass.Count())];
            int most = counts.Sum(count => Math.Min((int)(share * count) + 1, count - 1));
            int wanted = Math.Min((int)Math.Round(share * n, MidpointRounding.AwayFromZero), most);
            if (wanted == 0)
            {
                Assert.Throws<ArgumentException>("labels", () => TrainTestSplit.Of<int>(labels, share, round));
                continue;
            }

            var split = TrainTestSplit.Of<int>(labels, share, round);

            Assert.Equal(Enumerable.Range(0, n), split.TrainingRows.Concat(split.TestRows).Order());
            Assert.Equal(split.TestRows, split.TestRows.Order());
            Assert.Equal(split.TrainingRows, split.TrainingRows.Order());
            Assert.Equal(wanted, split.TestRows.Count);
            foreach (IGrouping<int, int> ofClass in Enumerable.Range(0, n).GroupBy(row => labels[row]))
            {
                int inTest = ofClass.Count(split.TestRows.Contains);
                Assert.InRange(inTest, Math.Min((share * ofClass.Count()) - 1, ofClass.Count() - 1), (share * ofClass.Count()) + 1);
                Assert.True(inTest < ofClass.Count());
            }

            var again = TrainTestSplit.Of<string>([.. labels.Select(label => $"class {label}")], share, round);
            Assert.Equal(split.TestRows, again.TestRows);
        }
    }

    [Fact]
    public void Every_row_is_drawn_equally_often()
    {
        int[] labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
        int[] counts = new int[10];
        for (int seed = 0; seed < 5000; seed++)
        {
            foreach (int row in TrainTestSplit.Of<int>(labels, 0.4, seed).TestRows)
            {
                counts[row]++;
            }
        }

        // Binomial: a deviation of 35 about 2000.
        Assert.All(counts, count => Assert.InRange(count, 2000 - 175, 2000 + 175));
    }

    [Fact]
    public void Parts_copy_rows_labels_and_weights_of_any_type()
    {
        FlowerSample sample = FlowerSample.Of(40);
        double[] weights = [.. Enumerable.Range(0, 40).Select(i => i / 7.0)];

        var split = TrainTestSplit.Of<Species>(sample.Labels, testShare: 0.3, seed: 8);

        Assert.Equal(12, split.TestRows.Count);
        Assert.Equal([.. split.TestRows.Select(row => sample.Flowers[row])], split.Test<Flower>(sample.Flowers));
        Assert.Equal([.. split.TrainingRows.Select(row => sample.Flowers[row])], split.Training<Flower>(sample.Flowers));
        Assert.Equal([.. split.TestRows.SelectMany(row => sample.Rows[(row * 4)..((row * 4) + 4)])], split.Test<double>(sample.Rows, 4));
        Assert.Equal([.. split.TrainingRows.Select(row => weights[row])], split.Training<double>(weights));
        Assert.Equal([.. split.TestRows.Select(row => sample.Labels[row])], split.Test<Species>(sample.Labels));
        Assert.Throws<ArgumentException>("items", () => split.Test<double>(sample.Rows, 3));
        Assert.Throws<ArgumentOutOfRangeException>("itemsPerRow", () => split.Training<double>(sample.Rows, 0));
        Assert.Throws<ArgumentOutOfRangeException>("testShare", () => TrainTestSplit.Of<int>([0, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>("testShare", () => TrainTestSplit.Of<int>([0, 1], double.NaN));
        Assert.Throws<ArgumentException>("labels", () => TrainTestSplit.Of<int>([]));
    }
}
