using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The drivers of training: they reserve scratch, cut rows into tiles, and choose the vector width, which the JIT folds to a constant.</summary>
internal sealed class DriverEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly DispatchEmitter _dispatch = new(writer);
    private readonly UnpackedEmitter? _unpacked = UnpackedEmitter.Of(writer, plan, plan.Widest);
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _groupRows = ScratchLayout.GroupBlocks * plan.BlockRows;

    private string PackedRows => $"PackedRows<{_scalar}>";

    public void Emit()
    {
        EmitAccumulate();
        writer.BlankLine();
        EmitLossAndGradient();
        writer.BlankLine();
        if (_unpacked is not null)
        {
            _unpacked.EmitDriver();
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
        EmitPrepareWeights();
        writer.BlankLine();
        EmitAddTile(weighted: false);
        writer.BlankLine();
        EmitAddTile(weighted: true);
        writer.BlankLine();
        EmitAddSumsTo();
        writer.BlankLine();
        EmitCareful();
    }

    private void EmitAccumulate()
    {
        string parameters = $"ReadOnlySpan<double> weights, {PackedRows} rows, Span<double> gradientSum";
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
                TileScratch.Accumulate<GradientTiles, {_scalar}>({plan.Packed.Length}, weights, rows, gradientSum);
            """);
        writer.BlankLine();
        writer.Open($"private readonly struct GradientTiles : ITileAccumulator<{_scalar}>");
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
            writer.Write($"int tileBlocks = Vector512.IsHardwareAccelerated ? {plan.TileBlocks} : {plan.NarrowTileBlocks};");
            (tileBlocks, secondTile) = ("tileBlocks", $"tileBlocks * {plan.Features * plan.BlockRows}");
        }

        writer.Write($"""
            ClearSums(ref scratch);
            PrepareWeights(weights, ref {Part(ScratchLayout.Weights)});
            {_ref} secondTile = ref At(ref MemoryMarshal.GetReference(rows.Features), {secondTile});
            double loss = AddRows(weights, rows, ref secondTile, {tileBlocks}, ref scratch);
            AddSumsTo(gradientSum, ref At(ref scratch, {plan.Packed.Sums}), 1);
            return loss;
            """);
    }

    private void EmitLossAndGradient()
    {
        string parameters = $"ReadOnlySpan<{_scalar}> weights, ReadOnlySpan<{_scalar}> rows, ReadOnlySpan<int> labels, Span<{_scalar}> gradient";
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
                TileScratch.LossAndGradient<LossTiles, {_scalar}>({plan.RowMajor.Length}, weights, rows, labels, gradient);
            """);
        writer.BlankLine();
        writer.Open($"private readonly struct LossTiles : ITileLoss<{_scalar}>");
        writer.Open($"""
            {KernelText.Optimize}
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
            Span<{_scalar}> x = MemoryMarshal.CreateSpan(ref {Part(layout.Rows)}, {tileRows * plan.Features});
            Span<{_scalar}> y = MemoryMarshal.CreateSpan(ref {Part(layout.ClassIndices)}, {tileRows});
            ClearSums(ref scratch);
            PrepareWeights(wideWeights, ref {Part(ScratchLayout.Weights)});
            double loss = 0;
            """);
        _unpacked?.EmitPrepare();
        EmitRowMajorTiles(tileRows);
        writer.BlankLine();
        writer.Write($"AddSumsTo(gradientSum, ref At(ref scratch, {plan.Packed.Sums}), 1);");
        EmitMean();
    }

    private void EmitRowMajorTiles(int tileRows)
    {
        if (_unpacked is null)
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
        writer.Write($"int count = Math.Min({tileRows}, labels.Length - first);");
        writer.Write($"int inGroups = count / {_groupRows} * {_groupRows};");
        writer.Block("if (inGroups < count)", $"""
            // The rows that pad the last group of blocks are zero.
            x.Slice(inGroups * {plan.Features}, {_groupRows * plan.Features}).Clear();
            y.Slice(inGroups, {_groupRows}).Clear();
            """);
        writer.BlankLine();
        EmitPackRows();
        writer.Write($$"""
            {{PackedRows}} tile = {{PackedRows}}.Create(count, {{plan.Features}}, x, y);
            ref {{_scalar}} nextTile = ref At(ref MemoryMarshal.GetReference(rows), (nint)(first + {{tileRows}}) * {{plan.Features}});
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
            {_ref} blocks = ref At(ref MemoryMarshal.GetReference(rows), (nint)first * {plan.Features});
            ref int blockLabels = ref Unsafe.Add(ref MemoryMarshal.GetReference(labels), first);
            PackBlocks(ref blocks, ref blockLabels, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), inBlocks / {plan.BlockRows});
            """);
        writer.Open("if (inBlocks < count)");
        EmitPackRest("first + inBlocks", "count - inBlocks", $"x.Slice(inBlocks * {plan.Features})", "y.Slice(inBlocks)");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitPackRest(string first, string count, string x, string y) => writer.Write($"""
        RowPacker.PackRows(rows.Slice({Numbers(first)}, {Numbers(count)}), {plan.Features}, {x});
        RowPacker.PackLabels(labels.Slice({first}, {count}), {plan.Model.FirstKernelLabel}, {y});
        """);

    // How many numbers so many rows have.
    private string Numbers(string rows) => $"{(rows.Contains(' ') ? $"({rows})" : rows)} * {plan.Features}";

    private void EmitPackBlocks()
    {
        writer.Open($"""
            // Packs whole blocks of row-major rows, with shuffles for rows of this length, and their labels beside them. Apart from its caller, or the
            // shuffles would be too deep in it to be inlined themselves.
            {KernelText.OptimizeApart}
            private static void PackBlocks({_ref} rows, ref int labels, {_ref} packed, {_ref} classIndices, int blocks)
            """);
        writer.Block("for (; blocks > 0; blocks--)", $"""
            RowPacker.PackBlock(ref rows, {plan.Features}, ref packed);
            RowPacker.PackBlockLabels(ref labels, {plan.Model.FirstKernelLabel}, ref classIndices);
            rows = ref At(ref rows, {plan.BlockRows * plan.Features});
            labels = ref Unsafe.Add(ref labels, {plan.BlockRows});
            packed = ref At(ref packed, {plan.BlockRows * plan.Features});
            classIndices = ref At(ref classIndices, {plan.BlockRows});
            """);
        writer.Close();
    }

    // The sums run in double whatever the model's type is.
    private void EmitWideViews(ScratchLayout layout)
    {
        if (plan.Model.Precision == Precision.Double)
        {
            writer.Write($"""
                ReadOnlySpan<double> wideWeights = weights;
                Span<double> gradientSum = gradient;
                gradientSum.Clear();
                """);
            return;
        }

        writer.Write($"""
            Span<double> wideWeights = MemoryMarshal.CreateSpan(ref At(ref scratch, {layout.Wide}), {plan.ParameterCount});
            Span<double> gradientSum = MemoryMarshal.CreateSpan(ref At(ref scratch, {layout.Wide + plan.ParameterCount}), {plan.ParameterCount});
            gradientSum.Clear();
            """);
        writer.Block("for (int i = 0; i < weights.Length; i++)", "wideWeights[i] = weights[i];");
        writer.BlankLine();
    }

    private void EmitMean()
    {
        string element = plan.Model.Precision == Precision.Double ? "gradientSum[i] * scale" : "(float)(gradientSum[i] * scale)";
        writer.Write("double scale = 1.0 / labels.Length;");
        writer.Block("for (int i = 0; i < gradient.Length; i++)", $"gradient[i] = {element};");
        writer.BlankLine();
        writer.Write("return loss * scale;");
    }

    private void EmitAddRows()
    {
        writer.Open($"""
            // Adds packed rows tile by tile. Rows of weight 1 need no weights, but for the last, which share a group of {_groupRows} with padding.
            // What comes after the first tile begins at next, and is fetched ahead.
            private static double AddRows(ReadOnlySpan<double> weights, {PackedRows} rows, {_ref} next, int tileBlocks, ref double scratch)
            """);
        writer.Write($"""
            {_ref} x = ref MemoryMarshal.GetReference(rows.Features);
            {_ref} y = ref MemoryMarshal.GetReference(rows.ClassIndices);
            double loss = 0;
            """);
        writer.Open("if (!rows.RowWeights.IsEmpty)");
        writer.Write($"""
            {_ref} rowWeights = ref MemoryMarshal.GetReference(rows.RowWeights);
            int blocks = (rows.Count + {_groupRows - 1}) / {_groupRows} * {ScratchLayout.GroupBlocks};
            """);
        writer.Open("for (int first = 0; first < blocks; first += tileBlocks)");
        writer.Write($"loss += AddWeightedTile(weights, ref {Block("x", "first", plan.Features)}, ref {Block("y", "first", 1)}, ref {Block("rowWeights", "first", 1)}, ref {Block("next", "first", plan.Features)}, Math.Min(tileBlocks, blocks - first), ref scratch);");
        writer.Close();
        writer.BlankLine();
        writer.Write("return loss;");
        writer.Close();
        writer.BlankLine();
        writer.Write($"int wholeBlocks = rows.Count / {_groupRows} * {ScratchLayout.GroupBlocks};");
        writer.Open("for (int first = 0; first < wholeBlocks; first += tileBlocks)");
        writer.Write($"loss += AddTile(weights, ref {Block("x", "first", plan.Features)}, ref {Block("y", "first", 1)}, ref {Block("next", "first", plan.Features)}, Math.Min(tileBlocks, wholeBlocks - first), ref scratch);");
        writer.Close();
        writer.BlankLine();
        writer.Write($"int rest = rows.Count % {_groupRows};");
        writer.Block("if (rest > 0)", $"""
            Span<{_scalar}> tailWeights = MemoryMarshal.CreateSpan(ref {Part(plan.Packed.TailWeights)}, {_groupRows});
            tailWeights.Clear();
            tailWeights.Slice(0, rest).Fill(1);
            loss += AddWeightedTile(weights, ref {Block("x", "wholeBlocks", plan.Features)}, ref {Block("y", "wholeBlocks", 1)}, ref MemoryMarshal.GetReference(tailWeights), ref next, {ScratchLayout.GroupBlocks}, ref scratch);
            """);
        writer.BlankLine();
        writer.Write("return loss;");
        writer.Close();
    }

    private void EmitClearSums() => writer.Write($"""
        // Not left to the zeroing of stack memory: a project may switch that off, and pooled memory has none.
        private static void ClearSums(ref double scratch) =>
            MemoryMarshal.CreateSpan(ref At(ref scratch, {plan.Packed.Sums}), {plan.Packed.Loss - plan.Packed.Sums}).Clear();
        """);

    private void EmitAddTile(bool weighted)
    {
        string method = weighted ? "AddWeightedTile" : "AddTile";
        string weightParameter = weighted ? $" {_ref} rowWeights," : "";
        string weightArgument = weighted ? " ref rowWeights," : "";
        int contrastSums = plan.Contrasts * plan.Columns * plan.SumStride;
        writer.Open($"private static double {method}(ReadOnlySpan<double> weights, {_ref} x, {_ref} y,{weightParameter} {_ref} next, int blocks, ref double scratch)");
        writer.Block($"if (!Vector128.IsHardwareAccelerated)", $"""
            return PortableTile.Add(
                weights,
                MemoryMarshal.CreateReadOnlySpan(ref x, blocks * {plan.Features * plan.BlockRows}),
                MemoryMarshal.CreateReadOnlySpan(ref y, blocks * {plan.BlockRows}),
                {(weighted ? $"MemoryMarshal.CreateReadOnlySpan(ref rowWeights, blocks * {plan.BlockRows})" : "default")},
                MemoryMarshal.CreateSpan(ref {Part(plan.Packed.Tile)}, {plan.Contrasts * plan.BlockRows}),
                MemoryMarshal.CreateSpan(ref At(ref scratch, {plan.Packed.Sums}), {contrastSums}),
                {plan.SumStride});
            """);
        writer.BlankLine();
        _dispatch.EmitReturn(method, $"weights, ref x, ref y,{weightArgument} ref next, blocks, ref scratch");
        writer.Close();
    }

    private void EmitPrepareWeights() => writer.Write($$"""
        // The scaled weights of the contrasts in the order in which the scores read them: some contrasts at a time, column by column.
        private static void PrepareWeights(ReadOnlySpan<double> weights, {{_ref}} prepared)
        {
            int contrasts = {{OfWidth(static width => $"{width.Scores.Contrasts}")}};
            ContrastWeights.Prepare(weights, {{plan.Columns}}, contrasts, Scale, MemoryMarshal.CreateSpan(ref prepared, {{plan.Contrasts * plan.Columns}}));
        }

        private static double Scale => {{OfWidth(width => $"Operations{width.Bits}<{_scalar}>.Scale")}};
        """);

    // A choice that the JIT makes; none where all widths agree.
    private string OfWidth(Func<WidthPlan, string> value)
    {
        string[] values = [.. plan.Widths.Select(value)];
        return values.Distinct().Count() == 1
            ? values[0]
            : $"Vector512.IsHardwareAccelerated ? {values[0]} : Vector256.IsHardwareAccelerated ? {values[1]} : {values[2]}";
    }

    private void EmitAddSumsTo()
    {
        int count = plan.Contrasts * plan.Columns * plan.SumStride;
        writer.Open($"""
            // The gradient from the sums of its contrasts.
            private static void AddSumsTo(Span<double> gradient, ref double first, double factor)
            """);
        writer.Write($"ReadOnlySpan<double> sums = MemoryMarshal.CreateReadOnlySpan(ref first, {count});");
        if (!plan.SumsAreVectors)
        {
            writer.Write($"ContrastWeights.AddSumsTo(gradient, {plan.Columns}, sums, factor);");
        }
        else
        {
            string call = $"AddVectorSumsTo(gradient, {plan.Columns}, sums, factor);";
            writer.Write($$"""
                if (Vector512.IsHardwareAccelerated) { Operations512<double>.{{call}} }
                else if (Vector256.IsHardwareAccelerated) { Operations256<double>.{{call}} }
                else { Operations128<double>.{{call}} }
                """);
        }

        writer.Close();
    }

    private void EmitCareful() => writer.Write($$"""
        // The rows of a vector whose contrasts lie beyond the exponential's range; w is a null reference where rows weigh 1.
        {{KernelText.NoInline}}
        internal static double Careful(ReadOnlySpan<double> weights, {{_ref}} x, {{_ref}} y, {{_ref}} w, {{_ref}} t, nint vector, int lanes)
        {
            (nint block, nint lane) = Math.DivRem(vector * lanes, {{plan.BlockRows}});
            return CarefulSoftmax.Rows(
                weights,
                MemoryMarshal.CreateReadOnlySpan(ref At(ref x, (block * {{plan.Features * plan.BlockRows}}) + lane), {{(plan.Features - 1) * plan.BlockRows}} + lanes),
                MemoryMarshal.CreateReadOnlySpan(ref At(ref y, vector * lanes), lanes),
                Unsafe.IsNullRef(ref w) ? default : MemoryMarshal.CreateReadOnlySpan(ref At(ref w, vector * lanes), lanes),
                MemoryMarshal.CreateSpan(ref At(ref t, (block * {{plan.Contrasts * plan.BlockRows}}) + lane), {{(plan.Contrasts - 1) * plan.BlockRows}} + lanes),
                {{plan.BlockRows}});
        }
        """);

    private void EmitWithRentedScratch(int length, Action emitBody)
    {
        writer.Write($"double[] rented = ArrayPool<double>.Shared.Rent({length});");
        writer.Open("try");
        writer.Write($"""
            Span<double> reserved = rented.AsSpan(0, {length});
            ref double scratch = ref MemoryMarshal.GetReference(Scratch.Align(reserved));
            """);
        emitBody();
        writer.Close();
        writer.Block("finally", "ArrayPool<double>.Shared.Return(rented);");
    }

    private string Part(int offset) => ScratchText.Part(plan, offset);

    private string Block(string array, string block, int vectors) =>
        $"At(ref {array}, (nint){block} * {vectors * plan.BlockRows})";
}
