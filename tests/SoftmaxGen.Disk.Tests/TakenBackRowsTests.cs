using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Additions by chance, of which some are taken back: what is built is the set of the rows that stay, to the bit.</summary>
public sealed class TakenBackRowsTests
{
    // More rows than a builder packs before they go to the file.
    private const int MostRows = 4000;

    private static readonly Table _table = new(MostRows);

    [LongTheory(every: 2)]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_taken_back_leaves_nothing(bool inFile)
    {
        for (int seed = 0; seed < 25; seed++)
        {
            using var folder = new Folder();
            using TrainingSetBuilder<WideModel, double> builder = inFile ? new(folder["rows"]) : new();
            var kept = new List<Addition>();
            var random = new Random(seed);

            // The first rows are often taken back, so that others of another kind may come.
            for (int i = 0; i < 5; i++)
            {
                bool hasTargets = kept.Count > 0 ? kept[0].HasTargets : random.Next(2) == 0;
                var added = new List<Addition>();
                using RowAddition addition = builder.Begin();
                for (int count = random.Next(1, 3); count > 0; count--)
                {
                    Addition rows = Addition.Of(random, hasTargets);
                    builder.Add(_table.Rows(rows));
                    added.Add(rows);
                }

                if (random.Next(2) == 0)
                {
                    addition.Complete();
                    kept.AddRange(added);
                }
            }

            Addition last = Addition.Of(random, kept.Count > 0 ? kept[0].HasTargets : seed % 2 == 0);
            builder.Add(_table.Rows(last));
            kept.Add(last);
            using TrainingSet<WideModel, double> found = builder.Build();
            using TrainingSet<WideModel, double> expected = _table.InMemory(kept);
            bool hasOffsets = kept.Exists(static rows => rows.HasOffsets);
            SameSets.Check(expected, found, kept[0].HasTargets ? Extras.Targets : hasOffsets ? Extras.Offsets : Extras.None, trains: false);
        }
    }

    private sealed record Addition(int Count, bool HasTargets, bool HasWeights, bool HasOffsets)
    {
        public static Addition Of(Random random, bool hasTargets) =>
            new(random.Next(2) == 0 ? random.Next(MostRows) : random.Next(1, 50), hasTargets, random.Next(4) == 0, random.Next(4) == 0);
    }

    // Rows that all additions begin with.
    private sealed class Table
    {
        private readonly double[] _features;
        private readonly int[] _labels;
        private readonly double[] _targets;
        private readonly double[] _weights;
        private readonly double[] _offsets;

        public Table(int rows)
        {
            var random = new Random(1);
            int classes = WideModel.Classes;
            _features = [.. Enumerable.Range(0, rows * WideModel.Features).Select(_ => random.NextDouble() - 0.5)];
            _labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
            _weights = [.. Enumerable.Range(0, rows).Select(_ => 0.1 + random.NextDouble())];
            _offsets = [.. Enumerable.Range(0, rows * classes).Select(_ => random.NextDouble())];
            _targets = new double[rows * classes];
            for (int row = 0; row < rows; row++)
            {
                _targets[(row * classes) + random.Next(classes)] += 0.75;
                _targets[(row * classes) + random.Next(classes)] += 0.25;
            }
        }

        public TrainingRows<double> Rows(Addition addition) => new()
        {
            Rows = Part(_features, addition, WideModel.Features, isThere: true),
            Labels = Part(_labels, addition, 1, !addition.HasTargets),
            Targets = Part(_targets, addition, WideModel.Classes, addition.HasTargets),
            RowWeights = Part(_weights, addition, 1, addition.HasWeights),
            Offsets = Part(_offsets, addition, WideModel.Classes, addition.HasOffsets),
        };

        // What one part of the rows has and others have not is 1 for weights and 0 for offsets.
        public TrainingSet<WideModel, double> InMemory(List<Addition> additions)
        {
            var features = new List<double>();
            var labels = new List<int>();
            var targets = new List<double>();
            var weights = new List<double>();
            var offsets = new List<double>();
            foreach (Addition addition in additions)
            {
                TrainingRows<double> rows = Rows(addition);
                features.AddRange(rows.Rows);
                labels.AddRange(rows.Labels);
                targets.AddRange(rows.Targets);
                weights.AddRange(addition.HasWeights ? rows.RowWeights.ToArray() : Enumerable.Repeat(1.0, addition.Count));
                offsets.AddRange(addition.HasOffsets ? rows.Offsets.ToArray() : new double[addition.Count * WideModel.Classes]);
            }

            return new TrainingSet<WideModel, double>(new TrainingRows<double>
            {
                Rows = features.ToArray(),
                Labels = labels.ToArray(),
                Targets = targets.ToArray(),
                RowWeights = additions.Exists(static addition => addition.HasWeights) ? weights.ToArray() : default,
                Offsets = additions.Exists(static addition => addition.HasOffsets) ? offsets.ToArray() : default,
            });
        }

        private static ReadOnlySpan<TValue> Part<TValue>(TValue[] values, Addition addition, int width, bool isThere) =>
            isThere ? values.AsSpan(0, addition.Count * width) : default;
    }
}
