using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The stages of a tile, one after the other, and its loss.</summary>
internal sealed class TileEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly ScratchLayout _layout = plan.Packed;

    private bool HasLabelStage => width.Softmax.OverlapsDivision;

    private string Vector => $"Vector{width.Bits}";

    public void Emit()
    {
        EmitAddTile(weighted: false);
        writer.BlankLine();
        EmitAddTile(weighted: true);
    }

    private void EmitAddTile(bool weighted)
    {
        string weightParameter = weighted ? $" {_ref} rowWeights," : "";
        string next = width.StagesShareFetching(plan.Shape) ? "ref next, " : "";
        writer.Open($"""
            // Adds the rows of a tile to the gradient sums and returns the sum of their {(weighted ? "weighted " : "")}losses.
            {KernelText.Optimize}
            internal static double Add{(weighted ? "Weighted" : "")}Tile(ReadOnlySpan<double> weights, {_ref} x, {_ref} y,{weightParameter} {_ref} next, int blocks, ref double scratch)
            """);
        writer.Write($"""
            {_ref} t = ref {Part(_layout.Tile)};
            {_ref} loss = ref {Part(_layout.Loss)};
            Scores(ref x, ref {Part(ScratchLayout.Weights)}, ref t, ref next, blocks);
            """);
        writer.BlankLine();
        EmitSoftmax(weighted);
        writer.BlankLine();
        writer.Write($"""
            Gradient(ref x, ref t, {next}ref At(ref scratch, {_layout.Sums}), blocks);
            return carefulLoss + {(weighted ? $"(double){Vector}.Sum(Load(ref loss, 0))" : Loss(plan, HasLabelStage))};
            """);
        writer.Close();
    }

    // The stage that sums the loss stops at every row vector that must be done with care.
    private void EmitSoftmax(bool weighted)
    {
        string rowWeights = weighted ? " ref rowWeights," : "";
        EmitClearLoss(weighted);
        if (HasLabelStage)
        {
            string prefix = weighted ? "Weighted" : "";
            writer.Write($"""
                {_ref} p = ref {Part(_layout.LabelProbabilities)};
                {SoftmaxStageEmitter.MethodName(weighted)}(ref t,{rowWeights} ref p, blocks);
                {prefix}Labels(ref t, ref y,{rowWeights} ref p, blocks);
                """);
            EmitStops(weighted, $"{prefix}LabelLoss(ref p,{rowWeights} ref loss");
        }
        else
        {
            EmitStops(weighted, $"{SoftmaxStageEmitter.MethodName(weighted)}(ref t, ref y,{rowWeights} ref loss");
        }
    }

    private void EmitStops(bool weighted, string call)
    {
        writer.Write($"""
            double carefulLoss = 0;
            nint end = {RowVectorText.Count(width)};
            nint vector = {call}, 0, end);
            """);
        writer.Block("while (vector < end)", $"""
            carefulLoss += {(weighted ? $"Careful(weights, ref x, ref y, ref rowWeights, ref t, vector, {width.Lanes})" : $"Careful(weights, ref x, ref y, ref Unsafe.NullRef<{plan.Scalar}>(), ref t, vector, {width.Lanes})")};
            vector = {call}, vector + 1, end);
            """);
    }

    private void EmitClearLoss(bool weighted)
    {
        if (weighted)
        {
            writer.Write("Store(Zero(), ref loss, 0);");
            return;
        }

        writer.Write($"""
            Store(One(), ref loss, 0);
            Store(Zero(), ref loss, {plan.BlockRows});
            """);
        if (!HasLabelStage)
        {
            writer.Write($"Store(Zero(), ref loss, {2 * plan.BlockRows});");
        }
    }

    /// <summary>The loss of a tile, from its parts.</summary>
    public static string Loss(KernelPlan plan, bool hasLabelStage = false) =>
        $"{(hasLabelStage ? "LabelTileLoss" : "TileLoss")}(MemoryMarshal.CreateReadOnlySpan(ref loss, {(hasLabelStage ? 2 : 3) * plan.BlockRows}))";

    private string Part(int offset) => ScratchText.Part(plan, offset);
}
