using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>All three stages over short row-major rows, a block behind each other: transposes and scores, then softmax and gradient.</summary>
internal sealed class ShortRowsStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, ShortRowsPlan shortRows) : IUnpackedStage
{
    private readonly SoftmaxStageEmitter _softmax = new(writer, plan, width, weighted: false);
    private readonly string _ref = $"ref {plan.Scalar}";

    public void Emit()
    {
        writer.Open($"""
            // Short rows: the next block is transposed and scored beside the softmax and the gradient of the one at hand, so that none of them waits for
            // another. Stops at the first block of rows with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            public static nint AddUnpacked({UnpackedEmitter.Parameters(plan)})
            """);
        if (shortRows.HoldsWeights)
        {
            writer.WriteEach(plan.Contrasts, plan.Columns, (j, k) => $"var w{j + 1}_{k} = {Broadcast(j + 1, k)};");
        }

        writer.WriteEach(plan.Contrasts, plan.Columns, static (j, k) => $"var g{j + 1}_{k} = Zero();");
        _softmax.EmitStart();
        writer.WriteEach(plan.Contrasts, static j => $"var t{j} = Zero();");
        writer.Write($"""
            {_ref} current = ref blocks;
            {_ref} next = ref At(ref blocks, {plan.Features * plan.BlockRows});
            nint vector = -1;
            """);
        writer.Open("for (; vector < end; vector++)");
        writer.WriteEach(plan.Contrasts, static j => $"var next{j} = t{j};");
        writer.Open("if (vector + 1 < end)");
        EmitNext();
        writer.Close();
        writer.BlankLine();
        writer.Open("if (vector >= 0)");
        EmitCurrent();
        writer.Close();
        writer.BlankLine();
        writer.WriteEach(plan.Contrasts, static j => $"t{j} = next{j};");
        writer.Write($"""
            {_ref} done = ref current;
            current = ref next;
            next = ref done;
            """);
        writer.Close();
        writer.BlankLine();
        string addSum = plan.SumsAreVectors ? "AddVectorSum" : "AddSum";
        writer.WriteEach(plan.Contrasts, plan.Columns, (j, k) => $"{addSum}(g{j + 1}_{k}, ref g, {((j * plan.Columns) + k) * plan.SumStride});");
        _softmax.EmitEnd();
        writer.Close();
    }

    private void EmitNext()
    {
        for (int line = 0; line < plan.Features; line++)
        {
            writer.Write($"Prefetch(ref x, {((shortRows.BlocksAhead * plan.Features) + line) * plan.BlockRows});");
        }

        EmitTranspose();
        writer.WriteEach(plan.Features, k => $"Store(x{k}, ref next, {(k - 1) * plan.BlockRows});");
        writer.WriteEach(plan.Features, plan.Contrasts, (k, j) =>
            $"next{j + 1} = Fma({Weight(j + 1, k + 1)}, x{k + 1}, {(k == 0 ? Weight(j + 1, 0) : $"next{j + 1}")});");
        writer.Write($"x = ref At(ref x, {plan.Features * plan.BlockRows});");
    }

    // Features that two transposes share are those of the first.
    private void EmitTranspose()
    {
        int count = shortRows.FeaturesAtOnce;
        for (int done = 0; done < plan.Features; done += count)
        {
            int first = Math.Min(done, plan.Features - count);
            string method = count switch { 2 => "TwoFeatures", 3 => "ThreeFeatures", _ => "FourFeatures" };
            writer.Write(
                $"RowTranspose.{method}({string.Join(", ", Enumerable.Range(0, count).Select(v => Rows(first, v)))}, {Features(first, done, count)});");
        }
    }

    // Rows of two or three features follow one another. Of longer ones a vector has two, or four in single precision.
    private string Rows(int first, int vector) => shortRows.FeaturesAtOnce < ShortRowsPlan.MostAtOnce
        ? $"Load(ref x, {vector * plan.BlockRows})"
        : $"LoadRows(ref x, {first + (FirstRow(vector) * plan.Features)})";

    private int FirstRow(int vector) => width.Lanes == 8 ? (vector / 2 * 4) + (vector % 2) : 4 * vector;

    private static string Features(int first, int done, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(k => k < done ? "out _" : $"out var x{k + 1}"));

    private void EmitCurrent()
    {
        writer.Write("""
            var yv = ClassIndices(ref labels);
            """);
        _softmax.EmitResiduals(static (j, residual) => $"var r{j} = {residual};");
        _softmax.EmitLoss();
        writer.WriteEach(plan.Contrasts, static j => $"g{j}_0 += r{j};");
        for (int k = 1; k <= plan.Features; k++)
        {
            int feature = k;
            writer.Write($"var x{k} = Load(ref current, {(k - 1) * plan.BlockRows});");
            writer.WriteEach(plan.Contrasts, j => $"g{j}_{feature} = Fma(r{j}, x{feature}, g{j}_{feature});");
        }

        writer.Write($"labels = ref Unsafe.Add(ref labels, {plan.BlockRows});");
    }

    private string Weight(int contrast, int column) => shortRows.HoldsWeights ? $"w{contrast}_{column}" : Broadcast(contrast, column);

    private string Broadcast(int contrast, int column) =>
        $"Broadcast(ref w, {width.Scores.WeightOffset(plan.Shape, contrast, column)})";
}
