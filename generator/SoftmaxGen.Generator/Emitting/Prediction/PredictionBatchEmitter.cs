using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that predict many rows: tiles of whole blocks, and one by one the rows that fill none and those of a tile that is unusual.</summary>
internal sealed class PredictionBatchEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";
    private const string LabelTiles = "__SoftmaxLabelTiles";
    private const string ProbabilityTiles = "__SoftmaxProbabilityTiles";

    private readonly string _scalar = plan.Scalar;

    private string Rows => Names.ReadOnlySpan(_scalar);

    private string Labels => Names.Span(labels.Type);

    private string Probabilities => Names.Span(_scalar);

    private int TileRows => plan.BlockRows * plan.Prediction.TileBlocks;

    private bool HasTiles => plan.Prediction.TileBlocks > 0;

    private string Kernel(string method) => $"{KernelShell.DriverOf(plan)}.{method}";

    public void Emit()
    {
        EmitLabels();
        EmitProbabilities();
    }

    private void EmitLabels()
    {
        writer.Write($$"""
            {{labels.Documentation("PredictBatch")}}
            {{Names.GeneratedCode}}
            public void PredictBatch({{Rows}} rows, {{Labels}} labels)
            {
                {{Guard}}.Length(labels.Length, {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows"), "labels");
                __SoftmaxPredictBatch(rows, labels, 0);
            }

            """);
        EmitBatch("__SoftmaxPredictBatch", "__SoftmaxPredictRows", LabelTiles, labels.Type, "labels", 1);
        writer.Open($"private void __SoftmaxPredictRows({Rows} rows, {Labels} labels, int firstRow)");
        writer.Block("for (int row = 0; row < labels.Length; row++)", $$"""
            int best = {{ZeroSkippingEmitter.Call(plan, "Best", Row)}};
            {{PredictionText.Check(plan, "best < 0", "rows", ", firstRow")}}
            labels[row] = {{labels.FromIndex("best")}};
            """);
        writer.Close();
        writer.BlankLine();
        if (HasTiles)
        {
            EmitTiles(LabelTiles, labels.Type, Scores, EmitTileLabels);
        }
    }

    private void EmitTileLabels()
    {
        writer.Write($"{Kernel("BatchBest")}(ref scratch, tileRows / {plan.BlockRows});");
        writer.Block("for (int row = 0; row < tileRows; row++)", $"results[first + row] = {labels.FromIndex($"(int){Names.Unsafe}.Add(ref scratch, row)")};");
    }

    private void EmitProbabilities()
    {
        writer.Write($$"""
            /// <inheritdoc/>
            {{Names.GeneratedCode}}
            public void PredictProbabilitiesBatch({{Rows}} rows, {{Probabilities}} probabilities)
            {
                int count = {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows");
                {{Guard}}.Length(probabilities.Length, {{plan.Classes}}L * count, "probabilities");
                {{Guard}}.Apart<{{_scalar}}>(rows, probabilities, "probabilities", "rows");
                __SoftmaxProbabilitiesBatch(rows, probabilities, 0);
            }

            """);
        EmitBatch("__SoftmaxProbabilitiesBatch", "__SoftmaxProbabilitiesRows", ProbabilityTiles, _scalar, "probabilities", plan.Classes);
        writer.Open($"private void __SoftmaxProbabilitiesRows({Rows} rows, {Probabilities} probabilities, int firstRow)");
        writer.Write($"int count = rows.Length / {plan.Features};");
        writer.Block("for (int row = 0; row < count; row++)", $$"""
            ref {{_scalar}} p = ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetReference(probabilities), (nint)row * {{plan.Classes}});
            bool isFinite = {{ZeroSkippingEmitter.Call(plan, "Probabilities", Row, ", ref p")}};
            {{PredictionText.Check(plan, "!isFinite", "rows", ", firstRow")}}
            """);
        writer.Close();
        writer.BlankLine();
        if (HasTiles)
        {
            string isUsual = $"{Scores} && {Kernel("BatchExponentials")}(ref scratch, tileRows / {plan.BlockRows})";
            EmitTiles(ProbabilityTiles, _scalar, isUsual, EmitTileProbabilities);
        }
    }

    private void EmitTileProbabilities() => writer.Write($"""
        {Rows} packed = {Names.Marshal}.CreateReadOnlySpan(ref scratch, tileRows * {plan.Prediction.BlockVectors});
        {Names.Support}.RowUnpacker.Unpack(packed, {plan.Classes}, results.Slice(first * {plan.Classes}, tileRows * {plan.Classes}));
        """);

    // Messages count rows from the first one.
    private void EmitBatch(string batch, string rows, string tiles, string result, string results, int perRow)
    {
        writer.Write(HasTiles
            ? "// Whole blocks go in tiles, until one is unusual; its rows, and those that fill no block, one by one. Messages count rows from the first one."
            : "// Messages count rows from the first one.");
        writer.Open($"private void {batch}({Rows} rows, {Names.Span(result)} {results}, int firstRow)");
        if (!HasTiles)
        {
            writer.Write($"{rows}(rows, {results}, firstRow);");
            writer.Close();
            writer.BlankLine();
            return;
        }

        string arguments = $"{PredictionText.FirstWeight}, {PredictionText.FirstColumn}";
        writer.Write($"""
            int whole = rows.Length / {plan.Features * plan.BlockRows} * {plan.BlockRows};
            int first = 0;
            """);
        writer.Block("while (first < whole)", $"""
            {Rows} left = rows.Slice({Times("first", plan.Features)}, {Times("(whole - first)", plan.Features)});
            first += {Names.Support}.TileScratch.Predict<{tiles}, {_scalar}, {result}>({plan.Prediction.TileLength}, left, {arguments}, {results}.Slice({Times("first", perRow)}));
            int unusual = global::System.Math.Min({TileRows}, whole - first);
            {rows}(rows.Slice({Times("first", plan.Features)}, {Times("unusual", plan.Features)}), {results}.Slice({Times("first", perRow)}, {Times("unusual", perRow)}), firstRow + first);
            first += unusual;
            """);
        writer.BlankLine();
        writer.Write($"{rows}(rows.Slice({Times("whole", plan.Features)}), {results}.Slice({Times("whole", perRow)}), firstRow + whole);");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitTiles(string name, string result, string isUsual, Action emitResults)
    {
        writer.Open($"private readonly struct {name} : {Names.Support}.ITilePredictor<{_scalar}, {result}>");
        writer.Open($"public static int Predict({Rows} rows, ref {_scalar} weights, ref {_scalar} columns, {Names.Span(result)} results, ref {_scalar} scratch)");
        writer.Write($"int count = rows.Length / {plan.Features};");
        writer.Open($"for (int first = 0; first < count; first += {TileRows})");
        writer.Write($"""
            int tileRows = global::System.Math.Min({TileRows}, count - first);
            ref {_scalar} x = ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(rows), (nint)first * {plan.Features});
            """);
        writer.Block($"if (!({isUsual}))", "return first;");
        writer.BlankLine();
        emitResults();
        writer.Close();
        writer.BlankLine();
        writer.Write("return count;");
        writer.Close();
        writer.Close();
        writer.BlankLine();
    }

    // Two classes are told apart by one difference of weights; more take their rows packed, behind the scores in the scratch.
    private string Scores => plan.Prediction.Difference is null
        ? $"{Kernel("BatchScores")}(ref x, ref weights, ref scratch, ref {Names.Unsafe}.Add(ref scratch, {plan.Prediction.PackedBlock}), tileRows / {plan.BlockRows})"
        : $"{Kernel("BatchScores")}(ref x, ref columns, ref scratch, tileRows / {plan.BlockRows})";

    private string Row => $"ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(rows), (nint)row * {plan.Features})";

    private static string Times(string count, int perRow) => perRow == 1 ? count : $"{count} * {perRow}";
}
