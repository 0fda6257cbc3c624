namespace SoftmaxGen.Tests.Messages;

/// <summary>What is wrong with <see cref="TrainingRows{T}"/> is said of the property that it is wrong with, whatever the rows are.</summary>
public sealed class TrainingRowsNameTests
{
    [Fact]
    public void An_exception_names_a_property_of_the_rows()
    {
        // As the parameters of the other constructor are called.
        string[] names = [.. typeof(TrainingRows<double>).GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])];
        var told = new HashSet<string>();
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(6);
            double[] rows = Numbers(random, 4 * count);
            int[] labels = random.Next(4) == 0 ? [] : [.. Enumerable.Range(0, Vary(random, count)).Select(_ => random.Next(20) == 0 ? 9 : random.Next(3))];
            double[] target = random.Next(3) == 0 ? [0.5, 0.6, 0.7] : [0.25, 0.25, 0.5];
            double[] targets = random.Next(3) > 0 ? [] : [.. Enumerable.Range(0, Vary(random, count)).SelectMany(_ => target)];
            double[] weights = random.Next(2) == 0 ? [] : Numbers(random, Vary(random, count));
            double[] offsets = random.Next(2) == 0 ? [] : Numbers(random, 3 * Vary(random, count));
            IncompleteRows incomplete = (IncompleteRows)random.Next(2);

            var exception = Record.Exception(() => new TrainingSet<Double3x4, double>(
                new() { Rows = rows, Labels = labels, Targets = targets, RowWeights = weights, Offsets = offsets, IncompleteRows = incomplete }).Dispose());

            if (exception is not null)
            {
                var argument = Assert.IsAssignableFrom<ArgumentException>(exception);
                Assert.Contains(argument.ParamName, names);
                told.Add(argument.ParamName!);
            }
        }

        Assert.Superset(new HashSet<string> { "rows", "labels", "targets", "rowWeights", "offsets" }, told);
    }

    private static int Vary(Random random, int count) => random.Next(12) == 0 ? count + 1 : count;

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, random.Next(20) == 0 ? count + 1 : count).Select(_ => Number(random))];

    private static double Number(Random random) => random.Next(60) switch
    {
        0 => double.NaN,
        1 => -1.0,
        2 => double.PositiveInfinity,
        _ => random.NextDouble(),
    };
}
