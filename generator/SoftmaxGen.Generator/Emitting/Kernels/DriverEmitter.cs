using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The drivers: they reserve the scratch, cut the rows into tiles, and choose the vector width, which the JIT folds to a constant.</summary>
internal sealed class DriverEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly DispatchEmitter _dispatch = new(writer);
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _groupRows = ScratchLayout.GroupBlocks * plan.BlockRows;

    public const string ClassName = "SoftmaxKernels";

    private string PackedRows => $"{Names.Support}.PackedRows<{_scalar}>";

    public void Emit()
    {
        writer.Open($"""
            /// <summary>Cuts rows into tiles and hands them to the kernels of the widest vectors the hardware has.</summary>
            private static partial class {ClassName}
            """);
        EmitAccumulate();
        writer.BlankLine();
        EmitLossAndGradient();
        writer.BlankLine();
        if (plan.UnpackedBlocks is { } unpackedBlocks)
        {
            EmitAddUnpacked(unpackedBlocks);
            writer.BlankLine();
        }

        if (plan.PacksBlocks)
        {
            EmitPackBlocks();
            writer.BlankLine();
        }

        EmitAddRows();
        writer.BlankLine();
        EmitClearSums();
        writer.BlankLine();
        _dispatch.Emit("void", "PrepareWeights", $"{Names.ReadOnlySpan("double")} weights, {_ref} w", "weights, ref w", DispatchEmitter.WidestBits);
        writer.BlankLine();
        EmitAddTile(weighted: false);
        writer.BlankLine();
        EmitAddTile(weighted: true);
        writer.BlankLine();
        _dispatch.Emit("void", "AddSumsTo", $"{Names.Span("double")} gradient, ref double sums, double factor", "gradient, ref sums, factor", DispatchEmitter.WidestBits);
        writer.BlankLine();
        new PredictionDriverEmitter(writer, plan).Emit();
        OffsetEmitter.Emit(writer, plan);
        writer.Close();
    }

    private void EmitAccumulate()
    {
        string parameters = $"{Names.ReadOnlySpan("double")} weights, {PackedRows} rows, {Names.Span("double")} gradientSum";
        writer.Write("// Adds the loss and the gradient of packed rows to running sums.");
        if (plan.ScratchIsPooled)
        {
            writer.Open($"internal static double Accumulate({parameters})");
            EmitWithRentedScratch(plan.Packed.Length, EmitAccumulateTiles);
            writer.Close();
            return;
        }

        writer.Write($"""
            internal static double Accumulate({parameters}) =>
                {Names.Support}.TileScratch.Accumulate<GradientTiles, {_scalar}>({plan.Packed.Length}, weights, rows, gradientSum);
            """);
        writer.BlankLine();
        writer.Open($"private readonly struct GradientTiles : {Names.Support}.ITileAccumulator<{_scalar}>");
        writer.Open($"public static double Accumulate({parameters}, ref double scratch)");
        EmitAccumulateTiles();
        writer.Close();
        writer.Close();
    }

    private void EmitAccumulateTiles()
    {
        string tileBlocks = $"{plan.TileBlocks}";
        string secondTile = $"{plan.TileBlocks * plan.Features * plan.BlockRows}";
        if (plan.NarrowTileBlocks < plan.TileBlocks)
        {
            writer.Write($"int tileBlocks = {Names.Intrinsics}.Vector512.IsHardwareAccelerated ? {plan.TileBlocks} : {plan.NarrowTileBlocks};");
            (tileBlocks, secondTile) = ("tileBlocks", $"tileBlocks * {plan.Features * plan.BlockRows}");
        }

        writer.Write($"""
            ClearSums(ref scratch);
            PrepareWeights(weights, ref {Part(ScratchLayout.Weights)});
            {_ref} secondTile = ref At(ref {Names.Marshal}.GetReference(rows.Features), {secondTile});
            double loss = AddRows(weights, rows, ref secondTile, {tileBlocks}, ref scratch);
            AddSumsTo(gradientSum, ref At(ref scratch, {plan.Packed.Sums}), 1);
            return loss;
            """);
    }

    private void EmitLossAndGradient()
    {
        string parameters = $"{Names.ReadOnlySpan(_scalar)} weights, {Names.ReadOnlySpan(_scalar)} rows, {Names.ReadOnlySpan("int")} labels, {Names.Span(_scalar)} gradient";
        writer.Write("// The mean loss and gradient of row-major rows; those that are packed are packed tile by tile into the scratch.");
        if (plan.ScratchIsPooled)
        {
            writer.Open($"internal static double LossAndGradient({parameters})");
            EmitWithRentedScratch(plan.RowMajor.Length, EmitLossAndGradientTiles);
            writer.Close();
            return;
        }

        writer.Write($"""
            internal static double LossAndGradient({parameters}) =>
                {Names.Support}.TileScratch.LossAndGradient<LossTiles, {_scalar}>({plan.RowMajor.Length}, weights, rows, labels, gradient);
            """);
        writer.BlankLine();
        writer.Open($"private readonly struct LossTiles : {Names.Support}.ITileLoss<{_scalar}>");
        writer.Open($"""
            {Names.Optimize}
            public static double LossAndGradient({parameters}, ref double scratch)
            """);
        EmitLossAndGradientTiles();
        writer.Close();
        writer.Close();
    }

    private void EmitLossAndGradientTiles()
    {
        ScratchLayout layout = plan.RowMajor;
        int tileRows = plan.RowMajorTileBlocks * plan.BlockRows;
        EmitWideViews(layout);
        writer.Write($"""
            {Names.Span(_scalar)} x = {Names.Marshal}.CreateSpan(ref {Part(layout.Rows)}, {tileRows * plan.Features});
            {Names.Span(_scalar)} y = {Names.Marshal}.CreateSpan(ref {Part(layout.ClassIndices)}, {tileRows});
            ClearSums(ref scratch);
            PrepareWeights(wideWeights, ref {Part(ScratchLayout.Weights)});
            double loss = 0;
            """);
        if (plan.Direct is not null)
        {
            writer.Open($"if ({Names.Intrinsics}.Vector{DirectPlan.Bits}.IsHardwareAccelerated)");
            writer.Write($"{WidthEmitter.ClassName(DirectPlan.Bits)}.PrepareDirectWeights(wideWeights, ref scratch);");
            writer.Close();
            writer.BlankLine();
        }

        EmitRowMajorTiles(tileRows);
        writer.BlankLine();
        writer.Write($"AddSumsTo(gradientSum, ref At(ref scratch, {plan.Packed.Sums}), 1);");
        EmitMean();
    }

    private void EmitRowMajorTiles(int tileRows)
    {
        if (plan.UnpackedBlocks is null)
        {
            writer.Open($"for (int first = 0; first < labels.Length; first += {tileRows})");
            EmitRowMajorTile(tileRows);
            writer.Close();
            return;
        }

        writer.Write("int first = AddUnpacked(rows, labels, 0, ref loss, ref scratch);");
        writer.Open("while (first < labels.Length)");
        EmitRowMajorTile(tileRows);
        writer.Write("first = AddUnpacked(rows, labels, first + count, ref loss, ref scratch);");
        writer.Close();
    }

    private void EmitRowMajorTile(int tileRows)
    {
        writer.Write($"int count = global::System.Math.Min({tileRows}, labels.Length - first);");
        writer.Write($"int inGroups = count / {_groupRows} * {_groupRows};");
        writer.Open("if (inGroups < count)");
        writer.Write($"""
            // The rows that pad the last group of blocks are zero.
            x.Slice(inGroups * {plan.Features}, {_groupRows * plan.Features}).Clear();
            y.Slice(inGroups, {_groupRows}).Clear();
            """);
        writer.Close();
        writer.BlankLine();
        EmitPackRows();
        writer.Write($$"""
            {{PackedRows}} tile = new {{PackedRows}} { Count = count, Features = x, ClassIndices = y, RowWeights = default };
            ref {{_scalar}} nextTile = ref At(ref {{Names.Marshal}}.GetReference(rows), (nint)(first + {{tileRows}}) * {{plan.Features}});
            loss += AddRows(wideWeights, tile, ref nextTile, {{plan.RowMajorTileBlocks}}, ref scratch);
            """);
    }

    private void EmitPackRows()
    {
        if (!plan.PacksBlocks)
        {
            EmitPackRest("first", "count", "x", "y");
            return;
        }

        writer.Write($"""
            int inBlocks = count / {plan.BlockRows} * {plan.BlockRows};
            {_ref} blocks = ref At(ref {Names.Marshal}.GetReference(rows), (nint)first * {plan.Features});
            ref int blockLabels = ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(labels), first);
            PackBlocks(ref blocks, ref blockLabels, ref {Names.Marshal}.GetReference(x), ref {Names.Marshal}.GetReference(y), inBlocks / {plan.BlockRows});
            """);
        writer.Open("if (inBlocks < count)");
        EmitPackRest("first + inBlocks", "count - inBlocks", $"x.Slice(inBlocks * {plan.Features})", "y.Slice(inBlocks)");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitPackRest(string first, string count, string x, string y) => writer.Write($"""
        {Names.Support}.RowPacker.PackRows(rows.Slice({Numbers(first)}, {Numbers(count)}), {plan.Features}, {x});
        {Names.Support}.RowPacker.PackLabels(labels.Slice({first}, {count}), {plan.Model.FirstKernelLabel}, {y});
        """);

    // How many numbers so many rows have.
    private string Numbers(string rows) => $"{(rows.Contains(' ') ? $"({rows})" : rows)} * {plan.Features}";

    private void EmitPackBlocks()
    {
        writer.Open($"""
            // Packs whole blocks of row-major rows, with shuffles for rows of this length, and their labels beside them. Apart from its caller, or the
            // shuffles would be too deep in it to be inlined themselves.
            {Names.OptimizeApart}
            private static void PackBlocks({_ref} rows, ref int labels, {_ref} packed, {_ref} classIndices, int blocks)
            """);
        writer.Open("for (; blocks > 0; blocks--)");
        writer.Write($"""
            {Names.Support}.RowPacker.PackBlock(ref rows, {plan.Features}, ref packed);
            {Names.Support}.RowPacker.PackBlockLabels(ref labels, {plan.Model.FirstKernelLabel}, ref classIndices);
            rows = ref At(ref rows, {plan.BlockRows * plan.Features});
            labels = ref {Names.Unsafe}.Add(ref labels, {plan.BlockRows});
            packed = ref At(ref packed, {plan.BlockRows * plan.Features});
            classIndices = ref At(ref classIndices, {plan.BlockRows});
            """);
        writer.Close();
        writer.Close();
    }

    private void EmitAddUnpacked(int tileBlocks)
    {
        writer.Open($"""
            // Adds row-major rows without packing them, from a row on, and returns the first that is to be packed: it has scores beyond the
            // exponential's range or shares a block with such a row, or it is one of the last, which do not fill a block.
            private static int AddUnpacked({Names.ReadOnlySpan(_scalar)} rows, {Names.ReadOnlySpan("int")} labels, int first, ref double loss, ref double scratch)
            """);
        writer.Open($"while ({Names.Intrinsics}.Vector{KernelPlan.UnpackedBits}.IsHardwareAccelerated && labels.Length - first >= {plan.BlockRows})");
        writer.Write($"""
            int blocks = global::System.Math.Min({tileBlocks}, (labels.Length - first) / {plan.BlockRows});
            ref {_scalar} x = ref At(ref {Names.Marshal}.GetReference(rows), (nint)first * {plan.Features});
            ref int y = ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(labels), first);
            int added = {WidthEmitter.ClassName(KernelPlan.UnpackedBits)}.AddBlocks(ref x, ref y, blocks, ref scratch, ref loss);
            first += added * {plan.BlockRows};
            """);
        writer.Open("if (added < blocks)");
        writer.Write("break;");
        writer.Close();
        writer.Close();
        writer.BlankLine();
        writer.Write("return first;");
        writer.Close();
    }

    // The sums run in double whatever the model's type is.
    private void EmitWideViews(ScratchLayout layout)
    {
        if (plan.Model.Precision == Precision.Double)
        {
            writer.Write($"""
                {Names.ReadOnlySpan("double")} wideWeights = weights;
                {Names.Span("double")} gradientSum = gradient;
                gradientSum.Clear();
                """);
            return;
        }

        writer.Write($"""
            {Names.Span("double")} wideWeights = {Names.Marshal}.CreateSpan(ref At(ref scratch, {layout.Wide}), {plan.ParameterCount});
            {Names.Span("double")} gradientSum = {Names.Marshal}.CreateSpan(ref At(ref scratch, {layout.Wide + plan.ParameterCount}), {plan.ParameterCount});
            gradientSum.Clear();
            """);
        writer.Open("for (int i = 0; i < weights.Length; i++)");
        writer.Write("wideWeights[i] = weights[i];");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitMean()
    {
        string element = plan.Model.Precision == Precision.Double ? "gradientSum[i] * scale" : "(float)(gradientSum[i] * scale)";
        writer.Write("double scale = 1.0 / labels.Length;");
        writer.Open("for (int i = 0; i < gradient.Length; i++)");
        writer.Write($"gradient[i] = {element};");
        writer.Close();
        writer.BlankLine();
        writer.Write("return loss * scale;");
    }

    private void EmitAddRows()
    {
        writer.Open($"""
            // Adds packed rows tile by tile. Rows of weight 1 need no weights, but for the last, which share a group of {_groupRows} with padding.
            // What comes after the first tile begins at next, and is fetched ahead.
            private static double AddRows({Names.ReadOnlySpan("double")} weights, {PackedRows} rows, {_ref} next, int tileBlocks, ref double scratch)
            """);
        writer.Write($"""
            {_ref} x = ref {Names.Marshal}.GetReference(rows.Features);
            {_ref} y = ref {Names.Marshal}.GetReference(rows.ClassIndices);
            double loss = 0;
            """);
        writer.Open("if (!rows.RowWeights.IsEmpty)");
        writer.Write($"""
            {_ref} rowWeights = ref {Names.Marshal}.GetReference(rows.RowWeights);
            int blocks = (rows.Count + {_groupRows - 1}) / {_groupRows} * {ScratchLayout.GroupBlocks};
            """);
        writer.Open("for (int first = 0; first < blocks; first += tileBlocks)");
        writer.Write($"loss += AddWeightedTile(weights, ref {Block("x", "first", plan.Features)}, ref {Block("y", "first", 1)}, ref {Block("rowWeights", "first", 1)}, ref {Block("next", "first", plan.Features)}, global::System.Math.Min(tileBlocks, blocks - first), ref scratch);");
        writer.Close();
        writer.BlankLine();
        writer.Write("return loss;");
        writer.Close();
        writer.BlankLine();
        writer.Write($"int wholeBlocks = rows.Count / {_groupRows} * {ScratchLayout.GroupBlocks};");
        writer.Open("for (int first = 0; first < wholeBlocks; first += tileBlocks)");
        writer.Write($"loss += AddTile(weights, ref {Block("x", "first", plan.Features)}, ref {Block("y", "first", 1)}, ref {Block("next", "first", plan.Features)}, global::System.Math.Min(tileBlocks, wholeBlocks - first), ref scratch);");
        writer.Close();
        writer.BlankLine();
        writer.Write($"int rest = rows.Count % {_groupRows};");
        writer.Open("if (rest > 0)");
        writer.Write($"""
            {Names.Span(_scalar)} tailWeights = {Names.Marshal}.CreateSpan(ref {Part(plan.Packed.TailWeights)}, {_groupRows});
            tailWeights.Clear();
            tailWeights.Slice(0, rest).Fill(1);
            loss += AddWeightedTile(weights, ref {Block("x", "wholeBlocks", plan.Features)}, ref {Block("y", "wholeBlocks", 1)}, ref {Names.Marshal}.GetReference(tailWeights), ref next, {ScratchLayout.GroupBlocks}, ref scratch);
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write("return loss;");
        writer.Close();
    }

    private void EmitClearSums() => writer.Write($"""
        // Not left to the zeroing of stack memory: a project may switch that off, and pooled memory has none.
        private static void ClearSums(ref double scratch) =>
            {Names.Marshal}.CreateSpan(ref At(ref scratch, {plan.Packed.Sums}), {plan.Packed.Loss - plan.Packed.Sums}).Clear();
        """);

    private void EmitAddTile(bool weighted)
    {
        string method = weighted ? "AddWeightedTile" : "AddTile";
        string weightParameter = weighted ? $" {_ref} rowWeights," : "";
        string weightArgument = weighted ? " ref rowWeights," : "";
        int contrastSums = plan.Contrasts * plan.Columns * plan.SumStride;
        writer.Open($"private static double {method}({Names.ReadOnlySpan("double")} weights, {_ref} x, {_ref} y,{weightParameter} {_ref} next, int blocks, ref double scratch)");
        writer.Open($"if (!{Names.Intrinsics}.Vector128.IsHardwareAccelerated)");
        writer.Write($"""
            return {Names.Numerics}.PortableTile.Add(
                weights,
                {Names.Marshal}.CreateReadOnlySpan(ref x, blocks * {plan.Features * plan.BlockRows}),
                {Names.Marshal}.CreateReadOnlySpan(ref y, blocks * {plan.BlockRows}),
                {(weighted ? $"{Names.Marshal}.CreateReadOnlySpan(ref rowWeights, blocks * {plan.BlockRows})" : "default")},
                {Names.Marshal}.CreateSpan(ref {Part(plan.Packed.Tile)}, {plan.Contrasts * plan.BlockRows}),
                {Names.Marshal}.CreateSpan(ref At(ref scratch, {plan.Packed.Sums}), {contrastSums}),
                {plan.SumStride});
            """);
        writer.Close();
        writer.BlankLine();
        _dispatch.EmitWidths(method, $"weights, ref x, ref y,{weightArgument} ref next, blocks, ref scratch", "return ", DispatchEmitter.WidestBits);
        writer.Close();
    }

    private void EmitWithRentedScratch(int length, Action emitBody)
    {
        writer.Write($"double[] rented = global::System.Buffers.ArrayPool<double>.Shared.Rent({length});");
        writer.Open("try");
        writer.Write($"""
            {Names.Span("double")} reserved = global::System.MemoryExtensions.AsSpan(rented, 0, {length});
            ref double scratch = ref {Names.Marshal}.GetReference({Names.Support}.Scratch.Align(reserved));
            """);
        emitBody();
        writer.Close();
        writer.Open("finally");
        writer.Write("global::System.Buffers.ArrayPool<double>.Shared.Return(rented);");
        writer.Close();
    }

    private string Part(int offset) => ScratchText.Part(plan, offset);

    private string Block(string array, string block, int vectors) =>
        $"At(ref {array}, (nint){block} * {vectors * plan.BlockRows})";
}
