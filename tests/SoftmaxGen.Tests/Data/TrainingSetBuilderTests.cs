using System.Numerics;
using SoftmaxGen.TestModels.Data;
using SoftmaxGen.TestModels.Rows;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Rows;

namespace SoftmaxGen.Tests.Data;

/// <summary>Rows that come one after another make the training set that all of them at once would make, to the bit.</summary>
public sealed class TrainingSetBuilderTests
{
    /// <summary>What the batches have beside rows and labels.</summary>
    public enum Extras
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Weights, all of them.</summary>
        Weights,

        /// <summary>Weights, those from the middle on.</summary>
        LateWeights,

        /// <summary>Soft labels.</summary>
        Targets,

        /// <summary>Offsets, those from the middle on.</summary>
        LateOffsets,
    }

    /// <summary>Gets numbers of rows, capacities and extras.</summary>
    public static TheoryData<int, int, Extras> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, Extras>();
            foreach (Extras extras in Enum.GetValues<Extras>())
            {
                cases.Add(1, 0, extras);
                cases.Add(37, 0, extras);
                cases.Add(500, 500, extras);
                cases.Add(5000, 10, extras);
                cases.Add(21_000, 2000, extras);
                cases.Add(9000, 30_000, extras);
            }

            return cases;
        }
    }

    [LongTheory(every: 7)]
    [MemberData(nameof(Cases))]
    public void Batches_of_any_size_make_the_set_of_all_rows(int count, int capacity, Extras extras)
    {
        Check<Double3x4, double>(count, capacity, extras);
        Check<Double12x1, double>(count, capacity, extras);
        Check<Single11x5, float>(count, capacity, extras);
        Check<Double2x30, double>(count, capacity, extras);
    }

    [Fact]
    public void Rows_that_are_left_out_are_counted()
    {
        using var builder = new TrainingSetBuilder<Double3x4, double>();
        builder.Add(new() { Rows = [1, 2, 3, 4, double.NaN, 1, 2, 3], Labels = [0, 1], IncompleteRows = IncompleteRows.Skip });
        builder.Add(new() { Rows = [1, 2, 3, double.NaN], Labels = [2], IncompleteRows = IncompleteRows.Skip });
        builder.Add([4, 5, 6, 7], [2]);

        Assert.Equal((2, 2), (builder.RowCount, builder.SkippedRowCount));
        using TrainingSet<Double3x4, double> set = builder.Build();
        Assert.Equal((2, 2), (set.RowCount, set.SkippedRowCount));
    }

    [Fact]
    public void Messages_count_all_rows()
    {
        using var builder = new TrainingSetBuilder<Double3x4, double>();
        builder.Add(new double[40], new int[10]);
        builder.Add(new() { Rows = [1, 2, 3, double.NaN], Labels = [2], IncompleteRows = IncompleteRows.Skip });

        AssertMessage("Feature 2 of row 12 is NaN", "rows", () => builder.Add([1, 2, 3, 4, 5, 6, double.NaN, 8], [0, 1]));
        AssertMessage("The label of row 12 is 3", "labels", () => builder.Add(new double[8], [0, 3]));
        AssertMessage("The weight of row 11 is -1", "rowWeights", () => builder.Add(new double[8], [0, 1], [-1, 1]));
        AssertMessage("The targets of row 11 add up", "targets", () => builder.Add(new() { Rows = new double[4], Targets = [1, 1, 1] }));
        AssertMessage(
            "The offset of class 1 in row 11", "offsets", () => builder.Add(new() { Rows = new double[4], Labels = [1], Offsets = [0, double.NaN, 0] }));
        AssertMessage(
            "Feature 0 of row 11 is", "rows", () => builder.Add(new() { Rows = [double.PositiveInfinity, 1, 1, 1], Labels = [1], IncompleteRows = IncompleteRows.Skip }));
        AssertMessage("The length is 1; it must be 2.", "labels", () => builder.Add(new double[8], [0]));
        AssertMessage("The rows before have labels; these have targets.", "targets", () => builder.Add(new() { Rows = new double[4], Targets = [1, 0, 0] }));
        Assert.Equal(10, builder.RowCount);
    }

    [Fact]
    public void Rows_with_targets_take_no_labels_behind_them()
    {
        using var builder = new TrainingSetBuilder<Double3x4, double>();
        builder.Add(new() { Rows = new double[4], Targets = [1, 0, 0] });

        AssertMessage("The rows before have targets; these have labels.", "labels", () => builder.Add(new double[4], [0]));
    }

    [Fact]
    public void What_was_built_or_disposed_of_is_at_its_end()
    {
        var builder = new TrainingSetBuilder<Double3x4, double>();
        Assert.Throws<InvalidOperationException>(() => builder.Build());
        builder.Add([], []);
        Assert.Throws<InvalidOperationException>(() => builder.Build());
        builder.Add([1, 2, 3, 4], [1]);
        using TrainingSet<Double3x4, double> set = builder.Build();
        builder.Dispose();

        Assert.Equal(1, set.RowCount);
        Assert.True(set.LossAndGradient(new double[15], new double[15]) > 0);
        Assert.Throws<ObjectDisposedException>(() => builder.Add([1, 2, 3, 4], [1]));
        Assert.Throws<ObjectDisposedException>(() => builder.Build());
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new TrainingSetBuilder<Double3x4, double>(-1));
        using var weightless = new TrainingSetBuilder<Double3x4, double>();
        weightless.Add([1, 2, 3, 4], [1], [0]);
        Assert.Throws<ArgumentException>("rowWeights", () => weightless.Build());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(3000)]
    [InlineData(20_000)]
    public async Task Typed_rows_come_in_spans_and_sequences(int count)
    {
        Deal[] deals = Deals(count);
        Churn[] labels = Array.ConvertAll(deals, static deal => (Churn)deal.Label);
        double[] expected = Weights(DealModel.CreateTrainingSet(deals));

        using var spans = new TrainingSetBuilder<DealModel, double, Churn, Deal>();
        spans.Add(deals.AsSpan(0, count / 3), labels.AsSpan(0, count / 3));
        spans.Add(deals.AsSpan(count / 3));
        using var sequences = new TrainingSetBuilder<DealModel, double, Churn, Deal>(count);
        sequences.Add(deals.Take(count / 2));
        sequences.Add(deals.Zip(labels).Skip(count / 2));
        using var streams = new TrainingSetBuilder<DealModel, double, Churn, Deal>();
        await streams.AddAsync(Later(deals.Take(count / 2)));
        await streams.AddAsync(Later(deals.Zip(labels).Skip(count / 2)));

        Assert.Equal(expected, Weights(spans.Build()));
        Assert.Equal(expected, Weights(sequences.Build()));
        Assert.Equal(expected, Weights(streams.Build()));
        Assert.Equal(expected, DealModel.Train(deals).Model.Weights.ToArray());
        Assert.Equal(expected, DealModel.Train(deals, labels).Model.Weights.ToArray());
    }

    [Fact]
    public void Weights_of_typed_rows_go_with_them()
    {
        Deal[] deals = Deals(6000);
        double[] rowWeights = [.. deals.Select(static (_, row) => row % 5 * 0.5)];
        using var builder = new TrainingSetBuilder<DealModel, double, Churn, Deal>();
        builder.Add(deals, rowWeights);

        using TrainingSet<DealModel, double> expected = DealModel.CreateTrainingSet(deals, rowWeights);
        using TrainingSet<DealModel, double> built = builder.Build();
        AssertSame(expected, built);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1500)]
    public async Task A_call_that_throws_adds_no_row(int before)
    {
        Deal[] right = Deals(before);
        Deal[] wrong = Deals(9000);
        wrong[8000] = wrong[8000] with { A = double.NaN };
        Churn[] labels = Array.ConvertAll(wrong, static deal => (Churn)deal.Label);
        using var builder = new TrainingSetBuilder<DealModel, double, Churn, Deal>();
        builder.Add(right);
        string message = $"of row {before + 8000} is NaN";

        AssertMessage(message, "rows", () => builder.Add(wrong));
        AssertMessage(message, "rows", () => builder.Add(wrong, labels, [.. Enumerable.Repeat(2.0, 9000)]));
        AssertMessage(message, "rows", () => builder.Add(wrong.AsEnumerable()));
        AssertMessage(message, "rows", () => builder.Add(wrong.Zip(labels)));
        Assert.Contains(
            message, (await Assert.ThrowsAsync<ArgumentException>("rows", () => builder.AddAsync(Later(wrong)))).Message, StringComparison.Ordinal);
        AssertMessage(
            $"The label of row {before + 7000} is 7", "rows", () =>
                builder.Add(wrong.Select(static (deal, row) => row == 7000 ? deal with { Label = 7 } : deal)));
        using var canceled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => builder.AddAsync(Canceled(wrong, canceled), canceled.Token));

        Assert.Equal(before, builder.RowCount);
        Deal[] rest = Deals(40);
        builder.Add(rest);
        using TrainingSet<DealModel, double> set = builder.Build();
        Assert.False(set.Rows.HasRowWeights);
        using TrainingSet<DealModel, double> expected = DealModel.CreateTrainingSet([.. right, .. rest]);
        AssertSame(expected, set);
    }

    [Fact]
    public void Rows_without_a_label_need_labels()
    {
        using var builder = new TrainingSetBuilder<ClientPlanModel, double, Plan, Client>();
        Client[] clients = ClientSample.Make(3, seed: 1);

        Assert.Contains("[Label]", Assert.Throws<NotSupportedException>(() => builder.Add(clients)).Message, StringComparison.Ordinal);
        builder.Add(Enumerable.Empty<(Client, Plan)>());
        builder.Add(clients, [Plan.Basic, Plan.Standard, Plan.Basic]);
        Assert.Contains(
            "row 4", Assert.Throws<ArgumentNullException>(() => builder.Add([clients[0], null!], new Plan[2])).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>("labels", () => builder.Add(clients, [(Plan)9, default, default]));
        Assert.Throws<ArgumentException>("labels", () => builder.Add(clients, new Plan[2]));
        Assert.Equal(3, builder.RowCount);
    }

    // The packed rows are native memory; what is managed is a batch, the labels, and what any training set has.
    [Fact]
    public void Typed_rows_are_not_copied_before_they_are_packed()
    {
        Deal[] deals = Deals(100_000);
        AssertAllocation.InRange(0, 1_000_000, () => DealModel.CreateTrainingSet(deals).Dispose());
        Assert.True((long)deals.Length * DealModel.Features * sizeof(double) > 17_000_000);
    }

    private static void Check<TModel, T>(int count, int capacity, Extras extras)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        Sample sample = Sample.Of(shape, count);
        T[] rows = Array.ConvertAll(sample.Rows, T.CreateTruncating);
        int[] labels = sample.Labels;
        int middle = count / 2;
        T[] weights = [.. sample.RowWeights().Select((weight, row) => extras == Extras.LateWeights && row < middle ? T.One : T.CreateTruncating(weight + 0.5))];
        T[] offsets = [.. Enumerable.Range(0, count * shape.Classes).Select(i => i / shape.Classes < middle ? T.Zero : T.CreateTruncating(i % 7 * 0.125))];
        T[] targets = [.. Enumerable.Range(0, count * shape.Classes).Select(i => i % shape.Classes == i / shape.Classes % shape.Classes ? T.One : T.Zero)];
        using var builder = new TrainingSetBuilder<TModel, T>(capacity);
        var random = new Random(count);
        for (int first = 0; first < count;)
        {
            // The middle is an edge between batches.
            int most = Math.Min(count - first, random.Next(4) switch { 0 => 1, 1 => random.Next(0, 20), 2 => random.Next(100), _ => random.Next(6000) });
            int last = first < middle ? Math.Min(first + most, middle) : first + most;
            builder.Add(Data(first, last, isAll: false));
            first = last;
        }

        using TrainingSet<TModel, T> built = builder.Build();
        using var expected = new TrainingSet<TModel, T>(Data(0, count, isAll: true));
        AssertSame(expected, built);

        TrainingRows<T> Data(int first, int last, bool isAll) => new()
        {
            Rows = rows.AsSpan(first * shape.Features, (last - first) * shape.Features),
            Labels = extras == Extras.Targets ? default : labels.AsSpan(first, last - first),
            Targets = extras == Extras.Targets ? targets.AsSpan(first * shape.Classes, (last - first) * shape.Classes) : default,
            RowWeights = extras == Extras.Weights || (extras == Extras.LateWeights && (isAll || first >= middle))
                ? weights.AsSpan(first, last - first)
                : default,
            Offsets = extras == Extras.LateOffsets && (isAll || first >= middle)
                ? offsets.AsSpan(first * shape.Classes, (last - first) * shape.Classes)
                : default,
        };
    }

    // All that kernels read, padding and all, and what they make of it.
    private static void AssertSame<TModel, T>(TrainingSet<TModel, T> expected, TrainingSet<TModel, T> actual)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        Assert.Equal(expected.Rows.ChunkCount, actual.Rows.ChunkCount);
        for (int chunk = 0; chunk < expected.Rows.ChunkCount; chunk++)
        {
            AssertBits(expected.Rows.Read(chunk, piece: 0).Features, actual.Rows.Read(chunk, piece: 0).Features);
            AssertBits(expected.Rows.Read(chunk, piece: 0).ClassIndices, actual.Rows.Read(chunk, piece: 0).ClassIndices);
            AssertBits(expected.Rows.Read(chunk, piece: 0).RowWeights, actual.Rows.Read(chunk, piece: 0).RowWeights);
            AssertBits(expected.Rows.ReadOffsets(chunk, piece: 0), actual.Rows.ReadOffsets(chunk, piece: 0));
        }

        double[] weights = Sample.Of(TModel.Shape, 1).Weights;
        double[] expectedGradient = new double[weights.Length];
        double[] actualGradient = new double[weights.Length];
        Assert.Equal(expected.LossAndGradient(weights, expectedGradient), actual.LossAndGradient(weights, actualGradient));
        Assert.Equal(expectedGradient, actualGradient);
    }

    private static void AssertBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected.Length, expected.CommonPrefixLength(actual));
    }

    private static void AssertMessage(string message, string parameter, Action call)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(call);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(parameter, error.ParamName);
    }

    private static double[] Weights(TrainingSet<DealModel, double> set)
    {
        using (set)
        {
            return SoftmaxTrainer.Train(set).Model.Weights.ToArray();
        }
    }

    private static Deal[] Deals(int count)
    {
        var random = new Random(count);
        return
        [
            .. Enumerable.Range(0, count).Select(row => new Deal(
                random.NextDouble(),
                random.NextSingle(),
                random.Next(9),
                (Contract)random.Next(3),
                (Mood)random.Next(-1, 2),
                Internet.Dsl,
                random.Next(12),
                row % 3 == 0 ? random.Next(2) : random.Next(9) / 6)),
        ];
    }

    private static async IAsyncEnumerable<TItem> Later<TItem>(IEnumerable<TItem> items)
    {
        int count = 0;
        foreach (TItem item in items)
        {
            if (count++ % 1000 == 0)
            {
                await Task.Yield();
            }

            yield return item;
        }
    }

    private static async IAsyncEnumerable<Deal> Canceled(Deal[] deals, CancellationTokenSource source)
    {
        foreach (Deal deal in deals.Take(7000))
        {
            yield return deal;
        }

        await source.CancelAsync();
        source.Token.ThrowIfCancellationRequested();
    }
}
