using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The score of class 1 less that of class 0 for the terms of a row: values in columns, of which some are known here and the others are read.
/// </summary>
internal sealed class TermDifferenceEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows, DifferencePlan difference)
{
    // Sums side by side: one addition need not wait for the one before.
    private const int MostChains = 4;

    // The last vector of the weights ends with the last feature, and begins with features of the one before.
    private int LastVector => (difference.Vectors - 1) * difference.Lanes;

    private int Shift => difference.BiasIndex - plan.Features;

    public void Emit()
    {
        int?[] columns = [.. rows.KnownColumns];
        bool[] ones = [.. rows.Ones];
        int chains = Math.Min(MostChains, columns.Length);
        writer.Open($"""
            {KernelText.OptimizeInline}
            internal static {plan.Scalar} TermDifference(ref {plan.Scalar} x, ref {plan.Scalar} w, ref int c)
            """);
        for (int term = 0; term < columns.Length; term++)
        {
            string weight = columns[term] is int column
                ? $"Unsafe.Add(ref w, {column + (column < LastVector ? 0 : Shift)})"
                : $"Unsafe.Add(ref w, {Place(term)})";
            string product = ones[term] ? weight : $"{weight} * Unsafe.Add(ref x, {term})";
            string chain = $"t{term % chains}";
            string bias = term == 0 ? $"Unsafe.Add(ref w, {difference.BiasIndex}) + " : "";
            writer.Write(term < chains ? $"{plan.Scalar} {chain} = {(term == 0 ? $"{bias}({product})" : product)};" : $"{chain} += {product};");
        }

        writer.Write($"return {PredictionText.SumOfChains(chains, static chain => $"t{chain}")};");
        writer.Close();
        writer.BlankLine();
        writer.Write($"""
            {KernelText.Inline}
            internal static void StoreProbabilities({plan.Scalar} t, ref {plan.Scalar} p) => {PredictionText.StoreTwo(plan)};
            """);
        if (Shift > 0)
        {
            writer.BlankLine();
            writer.Write($"""
                // The last vector of the weights ends with the last feature, and begins with features of the one before.
                {KernelText.Inline}
                private static int PlaceOf(int column) => column < {LastVector} ? column : column + {Shift};
                """);
        }
    }

    private string Place(int term) => Shift > 0 ? $"PlaceOf(Unsafe.Add(ref c, {term}))" : $"Unsafe.Add(ref c, {term})";
}
