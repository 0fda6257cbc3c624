using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>Labels of many contrasts, behind the softmax, row by row: comparisons with each contrast take as long or longer.</summary>
internal sealed class LabelStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, bool weighted)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly string _prefix = weighted ? "Weighted" : "";

    private string TakeLabel => $"Take{_prefix}Label";

    private string WeightParameter => weighted ? $" {_ref} w," : "";

    public void Emit()
    {
        EmitLabels();
        writer.BlankLine();
        EmitTakeLabel();
        writer.BlankLine();
        EmitLoss();
    }

    private void EmitLabels()
    {
        writer.Open($"""
            // Labels{(weighted ? " of weighted rows" : "")}: the probability of the label goes to p, which holds that of class 0, and {(weighted ? "w" : "1")} is taken off where it was.
            {KernelText.Optimize}
            private static void {_prefix}Labels({_ref} t, {_ref} y,{WeightParameter} {_ref} p, int blocks)
            """);
        writer.Open("for (; blocks > 0; blocks--)");
        EmitEachLabel();
        writer.BlankLine();
        writer.Write($"""
            t = ref At(ref t, {plan.Contrasts * plan.BlockRows});
            y = ref At(ref y, {plan.BlockRows});
            p = ref At(ref p, {plan.BlockRows});
            """);
        if (weighted)
        {
            writer.Write($"w = ref At(ref w, {plan.BlockRows});");
        }

        writer.Close();
        writer.Close();
    }

    // Written out: with a loop, unsorted rows of 12 x 5 and 26 x 16 take 2 % longer.
    private void EmitEachLabel()
    {
        for (int lane = 0; lane < plan.BlockRows; lane++)
        {
            writer.Write($"{TakeLabel}(ref t, ref y,{(weighted ? " ref w," : "")} ref p, {lane});");
        }
    }

    private void EmitTakeLabel()
    {
        writer.Open($"""
            {KernelText.Inline}
            private static void {TakeLabel}({_ref} t, {_ref} y,{WeightParameter} {_ref} p, int lane)
            """);
        writer.Write("int label = ClassIndex(At(ref y, lane));");

        // Labels may change after they were checked: what is no class must not find a place outside the tile.
        writer.Block($"if (unchecked((uint)(label - 1)) < {plan.Contrasts})", $"""
            {_ref} tl = ref At(ref t, ((label - 1) * {plan.BlockRows}) + lane);
            At(ref p, lane) = tl;
            tl -= {(weighted ? "At(ref w, lane)" : "1")};
            """);
        writer.Close();
    }

    private void EmitLoss()
    {
        writer.Open($"""
            // The loss -log P_y{(weighted ? " of weighted rows, times w" : "")}, while no probability is so small that digits of it are lost.
            // Stops at the first row vector with one that is, or with a NaN, and returns it; otherwise returns end.
            {KernelText.Optimize}
            private static nint {_prefix}LabelLoss({_ref} p,{WeightParameter} {_ref} loss, nint vector, nint end)
            """);
        writer.Write(weighted
            ? "var sum = Load(ref loss, 0);"
            : $"""
                // The sum of the logarithms is that of a product; its mantissa is kept in [1, 2) and its exponents are counted apart.
                var product = Load(ref loss, 0);
                var exponents = Load(ref loss, {plan.BlockRows});
                """);
        writer.Open("for (; vector < end; vector++)");
        string load = $"Load(ref At(ref p, vector * {width.Lanes}), 0)";
        writer.Write(weighted
            ? $"""
                // Where the weight is 0 so is p, and (0 + 1) / (0 + 1) has no loss.
                var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);
                var none = Select(wv, Zero(), One(), Zero());
                var product = {load} + none;
                var probability = product / (wv + none);
                """
            : $"var probability = {load};");
        writer.Block($"if (!All({(weighted ? "LessOrEqual(LeastProbability(), product) & " : "")}LessOrEqual(LeastProbability(), probability)))", "break;");
        writer.BlankLine();
        writer.Write(weighted
            ? "sum = Fma(wv, Zero() - Log(probability), sum);"
            : """
                product *= probability;
                exponents = AddExponent(exponents, product);
                product = Mantissa(product);
                """);
        writer.Close();
        writer.BlankLine();
        writer.Write(weighted
            ? "Store(sum, ref loss, 0);"
            : $"""
                Store(product, ref loss, 0);
                Store(exponents, ref loss, {plan.BlockRows});
                """);
        writer.Write("return vector;");
        writer.Close();
    }
}
