using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>
/// Labels of rows that are objects: three numbers and four categories of 3, 5, 10 and 50 levels, beside seven plain numbers, and beside encoding into an array
/// whose features are multiplied; and what a string of forty levels adds.
/// </summary>
internal static class RowContest
{
    private const int RowCount = 1024;

    private static readonly PlainRow[] _plainRows = Rows(static random => new PlainRow(
        random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()));

    private static readonly CategoryRow[] _categoryRows = Rows(static random => new CategoryRow(
        random.NextDouble(), random.NextDouble(), random.NextDouble(),
        (Levels3)random.Next(3), (Levels5)random.Next(5), (Levels10)random.Next(10), (Levels50)random.Next(50)));

    private static readonly TextRow[] _textRows = Rows(static random => new TextRow(random.NextDouble(), Code(random), Capitalized(Code(random))));

    private static readonly LessTextRow[] _lessTextRows = [.. _textRows.Select(static row => new LessTextRow(row.A, row.B))];

    private static string[] Codes =>
        [.. Text3.Shape.FeatureNames.Where(static name => name.StartsWith("B=", StringComparison.Ordinal)).Select(static name => name[2..])];

    /// <summary>Runs the contests.</summary>
    /// <returns>The times.</returns>
    public static IReadOnlyList<RowResult> Run() => [Run2(), Run3(), Run10()];

    /// <summary>Times the labels of rows with strings.</summary>
    /// <returns>The time of a row with one string of forty levels, and with another one in any case.</returns>
    public static (RoundTimes One, RoundTimes Two) RunTexts()
    {
        Text3 two = Text3.FromWeights(Weights(Text3.ParameterCount));
        LessText3 one = LessText3.FromWeights(Weights(LessText3.ParameterCount));
        Func<double>[] passes = [One, Two];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = Stopclock.Compare(passes);
        return (times[0] / RowCount, times[1] / RowCount);

        double One()
        {
            int sum = 0;
            foreach (ref readonly LessTextRow row in _lessTextRows.AsSpan())
            {
                sum += (int)one.Predict(in row);
            }

            return sum;
        }

        double Two()
        {
            int sum = 0;
            foreach (ref readonly TextRow row in _textRows.AsSpan())
            {
                sum += (int)two.Predict(in row);
            }

            return sum;
        }
    }

    private static RowResult Run2()
    {
        Plain2 plain = Plain2.FromWeights(Weights(Plain2.ParameterCount));
        Category2 model = Category2.FromWeights(Weights(Category2.ParameterCount));
        double[] features = new double[Category2.Features];
        return Measure(2, Plain, Categories, Dense);

        double Plain()
        {
            int sum = 0;
            foreach (ref readonly PlainRow row in _plainRows.AsSpan())
            {
                sum += (int)plain.Predict(in row);
            }

            return sum;
        }

        double Categories()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                sum += (int)model.Predict(in row);
            }

            return sum;
        }

        double Dense()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                Category2.CopyFeatures(in row, features);
                sum += (int)model.Predict(features);
            }

            return sum;
        }
    }

    private static RowResult Run3()
    {
        Plain3 plain = Plain3.FromWeights(Weights(Plain3.ParameterCount));
        Category3 model = Category3.FromWeights(Weights(Category3.ParameterCount));
        double[] features = new double[Category3.Features];
        return Measure(3, Plain, Categories, Dense);

        double Plain()
        {
            int sum = 0;
            foreach (ref readonly PlainRow row in _plainRows.AsSpan())
            {
                sum += (int)plain.Predict(in row);
            }

            return sum;
        }

        double Categories()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                sum += (int)model.Predict(in row);
            }

            return sum;
        }

        double Dense()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                Category3.CopyFeatures(in row, features);
                sum += (int)model.Predict(features);
            }

            return sum;
        }
    }

    private static RowResult Run10()
    {
        Plain10 plain = Plain10.FromWeights(Weights(Plain10.ParameterCount));
        Category10 model = Category10.FromWeights(Weights(Category10.ParameterCount));
        double[] features = new double[Category10.Features];
        return Measure(10, Plain, Categories, Dense);

        double Plain()
        {
            int sum = 0;
            foreach (ref readonly PlainRow row in _plainRows.AsSpan())
            {
                sum += (int)plain.Predict(in row);
            }

            return sum;
        }

        double Categories()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                sum += (int)model.Predict(in row);
            }

            return sum;
        }

        double Dense()
        {
            int sum = 0;
            foreach (ref readonly CategoryRow row in _categoryRows.AsSpan())
            {
                Category10.CopyFeatures(in row, features);
                sum += (int)model.Predict(features);
            }

            return sum;
        }
    }

    private static RowResult Measure(int classes, params Func<double>[] passes)
    {
        if (!passes[1]().Equals(passes[2]()))
        {
            throw new InvalidOperationException("Terms and features give other labels.");
        }

        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        passes[1]();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new RowResult(classes, times[0], times[1], times[2], allocated);
    }

    // Strings of their own, as those of a parser are: the constants of the attribute would be equal by reference.
    private static string Code(Random random) => new(Codes[random.Next(40)].AsSpan());

    private static string Capitalized(string code) => $"{code[0]}{char.ToLowerInvariant(code[1])}";

    private static TRow[] Rows<TRow>(Func<Random, TRow> make)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, RowCount).Select(_ => make(random))];
    }

    private static double[] Weights(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
