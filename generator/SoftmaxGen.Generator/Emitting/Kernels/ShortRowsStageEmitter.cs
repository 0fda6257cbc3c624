using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>All three stages over short row-major rows, a block behind each other: transposes and scores, then softmax and gradient.</summary>
internal sealed class ShortRowsStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, ShortRowsPlan shortRows)
{
    private readonly SoftmaxStageEmitter _softmax = new(writer, plan, width, weighted: false);
    private readonly string _ref = $"ref {plan.Scalar}";

    public void Emit()
    {
        EmitAddBlocks();
        writer.BlankLine();
        EmitStage();
    }

    private void EmitAddBlocks()
    {
        writer.Open($"""
            // Adds blocks of row-major rows to the gradient sums and the loss, up to the first with a row beyond the exponential's range; returns how many.
            {KernelText.Optimize}
            internal static int AddBlocks({_ref} x, ref int labels, int blocks, ref double scratch, ref double lossSum)
            """);
        writer.Write($"""
            {_ref} loss = ref {ScratchText.Part(plan, plan.Packed.Loss)};
            Store(One(), ref loss, 0);
            Store(Zero(), ref loss, {plan.BlockRows});
            Store(Zero(), ref loss, {2 * plan.BlockRows});
            int added = (int)ShortRows(ref x, ref labels, ref {ScratchText.Part(plan, ScratchLayout.Weights)}, ref {ScratchText.Part(plan, plan.RowMajor.Rows)}, ref At(ref scratch, {plan.Packed.Sums}), ref loss, blocks);
            lossSum += {TileEmitter.Loss(plan)};
            return added;
            """);
        writer.Close();
    }

    private void EmitStage()
    {
        writer.Open($"""
            // Short rows: the next block is transposed and scored beside the softmax and the gradient of the one at hand, so that none of them waits for
            // another. Stops at the first block of rows with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            private static nint ShortRows({_ref} x, ref int labels, {_ref} w, {_ref} blocks, ref double g, {_ref} loss, nint end)
            """);
        if (shortRows.HoldsWeights)
        {
            ForEachSum((j, k) => writer.Write($"var w{j}_{k} = {Broadcast(j, k)};"));
        }

        ForEachSum((j, k) => writer.Write($"var g{j}_{k} = Zero();"));
        _softmax.EmitStart();
        ForEachContrast(j => writer.Write($"var t{j} = Zero();"));
        writer.Write($"""
            {_ref} current = ref blocks;
            {_ref} next = ref At(ref blocks, {plan.Features * plan.BlockRows});
            nint vector = -1;
            """);
        writer.Open("for (; vector < end; vector++)");
        ForEachContrast(j => writer.Write($"var next{j} = t{j};"));
        writer.Open("if (vector + 1 < end)");
        EmitNext();
        writer.Close();
        writer.BlankLine();
        writer.Open("if (vector >= 0)");
        EmitCurrent();
        writer.Close();
        writer.BlankLine();
        ForEachContrast(j => writer.Write($"t{j} = next{j};"));
        writer.Write($"""
            {_ref} done = ref current;
            current = ref next;
            next = ref done;
            """);
        writer.Close();
        writer.BlankLine();
        string addSum = plan.SumsAreVectors ? "AddVectorSum" : "AddSum";
        ForEachSum((j, k) => writer.Write($"{addSum}(g{j}_{k}, ref g, {(((j - 1) * plan.Columns) + k) * plan.SumStride});"));
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
        ForEachFeature(k => writer.Write($"Store(x{k}, ref next, {(k - 1) * plan.BlockRows});"));
        ForEachFeature(k => ForEachContrast(j => writer.Write($"next{j} = Fma({Weight(j, k)}, x{k}, {(k == 1 ? Weight(j, 0) : $"next{j}")});")));
        writer.Write($"x = ref At(ref x, {plan.Features * plan.BlockRows});");
    }

    // Features that two transposes share are those of the first.
    private void EmitTranspose()
    {
        int count = shortRows.FeaturesAtOnce;
        for (int done = 0; done < plan.Features; done += count)
        {
            int first = Math.Min(done, plan.Features - count);
            string rows = first == 0 ? "x" : $"At(ref x, {first})";
            string method = count switch { 2 => "TwoFeatures", 3 => "ThreeFeatures", _ => "FourFeatures" };
            writer.Write($"RowTranspose.{method}(ref {rows}, {(count < 4 ? "" : $"{plan.Features}, ")}{Features(first, done, count)});");
        }
    }

    private static string Features(int first, int done, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(k => k < done ? "out _" : $"out var x{k + 1}"));

    private void EmitCurrent()
    {
        writer.Write("""
            var yv = ClassIndices(ref labels);
            """);
        _softmax.EmitResiduals(static (j, residual) => $"var r{j} = {residual};");
        _softmax.EmitLoss();
        ForEachContrast(j => writer.Write($"g{j}_0 += r{j};"));
        ForEachFeature(k =>
        {
            writer.Write($"var x{k} = Load(ref current, {(k - 1) * plan.BlockRows});");
            ForEachContrast(j => writer.Write($"g{j}_{k} = Fma(r{j}, x{k}, g{j}_{k});"));
        });
        writer.Write($"labels = ref Unsafe.Add(ref labels, {plan.BlockRows});");
    }

    private string Weight(int contrast, int column) => shortRows.HoldsWeights ? $"w{contrast}_{column}" : Broadcast(contrast, column);

    private string Broadcast(int contrast, int column) =>
        $"Broadcast(ref w, {width.Scores.WeightOffset(plan.Shape, contrast, column)})";

    private void ForEachContrast(Action<int> emit)
    {
        for (int j = 1; j <= plan.Contrasts; j++)
        {
            emit(j);
        }
    }

    private void ForEachFeature(Action<int> emit)
    {
        for (int k = 1; k <= plan.Features; k++)
        {
            emit(k);
        }
    }

    private void ForEachSum(Action<int, int> emit) =>
        ForEachContrast(j =>
        {
            for (int k = 0; k < plan.Columns; k++)
            {
                emit(j, k);
            }
        });
}
