using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The plan of a prediction in words, and what generated code has in common wherever it predicts.</summary>
internal static class PredictionText
{
    /// <summary>A reference to the first weight of the second copy.</summary>
    public const string FirstColumn = "ref __SoftmaxFirstColumn";

    /// <summary>The method that makes the second copy.</summary>
    public const string MakeColumns = "__SoftmaxMakeColumns";

    /// <summary>The second copy.</summary>
    public const string AllColumns = $"__softmaxColumns ?? {MakeColumns}()";

    /// <summary>The second copy of the weights, for a comment.</summary>
    public static string Columns(KernelPlan plan) => plan.Prediction.Difference is null
        ? $"The same weights column by column, for the prediction of one row. {Lanes(plan)}"
        : "The weights of class 1 less those of class 0, the bias last, and the weights as they are, for the prediction of one row.";

    /// <summary>An expression for a new second copy of the weights.</summary>
    public static string NewColumns(KernelPlan plan) => plan.Prediction.Difference is { } difference
        ? $"{Names.Support}.PredictionWeights.Difference<{plan.Scalar}>(__softmaxWeights, {difference.Lanes})"
        : $"{Names.Support}.PredictionWeights.Columns<{plan.Scalar}>(__softmaxWeights, {plan.Columns}, {plan.Prediction.ColumnLanes}, {plan.Prediction.Chunk})";

    /// <summary>The plan in a line, for the header.</summary>
    public static string Describe(KernelPlan plan)
    {
        PredictionPlan prediction = plan.Prediction;
        string row = prediction.Difference is { } difference
            ? $"one dot product with the difference of the two classes' weights, {difference.Lanes} features a vector, "
                + $"{Count(difference.Chains, "accumulator")}{(difference.LoadsOneByOne ? ", one row loaded number by number" : "")}"
            : $"{prediction.ColumnLanes} lanes of classes in vectors of up to {prediction.WidestBits} bit, {Count(prediction.Chains, "accumulator")} a score, "
                + $"scores in {Place(plan)}";
        string batch = prediction.TileBlocks == 0 ? "row by row" : $"tiles of {prediction.TileBlocks * plan.BlockRows} rows";
        return $"prediction: {row}; batches: {batch}.{Terms(plan.Rows)}";
    }

    private static string Place(KernelPlan plan)
    {
        int[] inRegisters = [.. plan.Widths.Where(width => plan.Prediction.InRegisters(width.Target)).Select(static width => width.Bits)];
        return inRegisters.Length == plan.Widths.Count ? "registers"
            : inRegisters.Length == 0 ? "memory"
            : $"registers at {string.Join(" and ", inRegisters)} bit, in memory otherwise";
    }

    private static string Terms(RowPlan? rows) => rows is { HasLookups: true }
        ? $" A row has {rows.Terms} terms in {rows.Columns} columns, {rows.Lookups} of them looked up; "
            + $"{(rows.PredictsTerms ? "predictions add up terms" : "predictions multiply features")}."
        : "";

    /// <summary>
    /// The sum of several chains, in pairs: the order is the same wherever scores are computed. A chain that is null has no products; one at least has.
    /// </summary>
    public static string SumOfChains(int chains, Func<int, string?> chain) => Sum(0, chains, chain)!;

    /// <summary>The local that a chain of a vector of classes is summed in.</summary>
    public static string Chain(KernelPlan plan, int vector, int chain) => plan.Prediction.Chains == 1 ? $"s{vector}" : $"s{vector}{(char)('a' + chain)}";

    /// <summary>An expression that stores both probabilities of two classes at <c>p</c>, by the difference <c>t</c> of their scores.</summary>
    public static string StoreTwo(KernelPlan plan) => plan.Scalar == "double"
        ? "TwoClassSoftmax.Probabilities(t).StoreUnsafe(ref p)"
        : "Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref p), TwoClassSoftmax.Probabilities(t).AsDouble().ToScalar())";

    /// <summary>One more term, where there is one.</summary>
    public static string Plus(string vector) => vector.Length > 0 ? $" + {vector}" : "";

    /// <summary>The one place where a row that has no scores becomes an exception.</summary>
    public static string Check(KernelPlan plan, string failure, string argument, string firstRow = "") => plan.Prediction.ChecksScores
        ? $"if ({failure}) {{ {Names.Support}.Guard.ThrowScores<{plan.Scalar}>({argument}, __softmaxWeights, Shape, \"{argument}\"{firstRow}); }}"
        : "// Features are not checked: what is not finite comes out as it may.";

    private static string? Sum(int first, int count, Func<int, string?> chain)
    {
        if (count == 1)
        {
            return chain(first);
        }

        (string? left, string? right) = (Sum(first, count / 2, chain), Sum(first + (count / 2), count - (count / 2), chain));
        return left is null || right is null ? left ?? right : $"{Grouped(left)} + {Grouped(right)}";
    }

    private static string Grouped(string sum) => sum.Contains(' ') ? $"({sum})" : sum;

    private static string Lanes(KernelPlan plan)
    {
        int repeated = plan.Prediction.Repeated;
        return repeated == 0
            ? $"A column has {plan.Classes} lanes."
            : $"A column has {plan.Prediction.ColumnLanes} lanes; its last {plan.Prediction.Chunk} are the last {plan.Prediction.Chunk} classes.";
    }

    private static string Count(int number, string noun) => number == 1 ? $"{number} {noun}" : $"{number} {noun}s";
}
