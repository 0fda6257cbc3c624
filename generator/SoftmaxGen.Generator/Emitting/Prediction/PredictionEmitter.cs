using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that predict. Those with labels are thin: private members find indices of classes, whatever the labels are.</summary>
internal sealed class PredictionEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";

    private readonly string _scalar = plan.Scalar;

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Targets => Names.Span(_scalar);

    private static string Weights => $"ref {Names.Marshal}.GetArrayDataReference(__softmaxWeights)";

    private const string Columns = "ref __SoftmaxFirstColumn";

    private static string Row => $"ref {Names.Marshal}.GetReference(features)";

    private int TileRows => plan.BlockRows * plan.Prediction.TileBlocks;

    private bool HasTiles => plan.Prediction.TileBlocks > 0;

    // Where the rows begin that do not fill a block.
    private string Rest(string count) => HasTiles ? $"{count} / {plan.BlockRows} * {plan.BlockRows}" : "0";

    public void Emit()
    {
        EmitLabels();
        new PredictionDecisionsEmitter(writer, plan, labels).Emit();
        EmitIndices();
        EmitComparison();
        EmitScores();
        EmitProbabilities();
        if (HasTiles)
        {
            EmitBlocks();
        }
    }

    private void EmitLabels()
    {
        writer.Write($$"""
            {{labels.Documentation("Predict")}}
            {{Names.GeneratedCode}}
            public {{labels.Type}} Predict({{Values}} features) => {{labels.FromIndex("__SoftmaxPredict(features)")}};

            {{labels.Documentation("PredictBatch")}}
            {{Names.GeneratedCode}}
            public void PredictBatch({{Values}} rows, {{Names.Span(labels.Type)}} labels)
            {
                {{Guard}}.Length(labels.Length, {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows"), "labels");
                __SoftmaxPredictBatch(rows, labels, 0);
            }

            // Messages count rows from the first one.
            private void __SoftmaxPredictBatch({{Values}} rows, {{Names.Span(labels.Type)}} labels, int firstRow)
            {
                int rest = {{Rest("labels.Length")}};
            """);
        if (HasTiles)
        {
            writer.Write("""
                    if (rest > 0)
                    {
                        __SoftmaxPredictBlocks(rows.Slice(0, rest * FEATURES), labels, firstRow);
                    }

                """.Replace("FEATURES", $"{plan.Features}"));
        }

        writer.Write($$"""
                for (int row = rest; row < labels.Length; row++)
                {
                    int best = {{DriverEmitter.ClassName}}.RowBest({{RowOfBatch}}, {{Columns}});
                    {{Check("best < 0", "rows", ", firstRow")}}
                    labels[row] = {{labels.FromIndex("best")}};
                }
            }

            """);
    }

    private void EmitIndices() => writer.Write($$"""
        // The index of the most probable class.
        private int __SoftmaxPredict({{Values}} features)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            int best = {{DriverEmitter.ClassName}}.RowBest({{Row}}, {{Columns}});
            {{Check("best < 0", "features")}}
            return best;
        }

        // The same, and its probability.
        private int __SoftmaxPredict({{Values}} features, out {{_scalar}} probability)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            int best = {{DriverEmitter.ClassName}}.RowBest({{Row}}, {{Columns}}, out probability);
            {{Check("best < 0", "features")}}
            return best;
        }

        """);

    private void EmitComparison() => writer.Write(plan.Prediction.Difference is null
        ? $$"""
            // What classes are ranked by: their scores.
            private void __SoftmaxCompare({{Values}} features, {{Targets}} scores) => PredictScores(features, scores);

            """
        : $$"""
            // What the classes are ranked by: the score of class 1 less that of class 0.
            private void __SoftmaxCompare({{Values}} features, {{Targets}} scores)
            {
                {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
                scores[0] = 0;
                scores[1] = {{DriverEmitter.ClassName}}.Difference({{Row}}, {{Columns}});
                {{Check($"!{_scalar}.IsFinite(scores[1])", "features")}}
            }

            """);

    // Each takes the scratch of a tile once a call.
    private void EmitBlocks() => writer.Write($$"""
        private void __SoftmaxPredictBlocks({{Values}} rows, {{Names.Span(labels.Type)}} labels, int firstRow)
        {
            {{Scratch}}
            int count = rows.Length / {{plan.Features}};
            for (int first = 0; first < count; first += {{TileRows}})
            {
                int tileRows = global::System.Math.Min({{TileRows}}, count - first);
                bool isFinite = {{BlockScores}};
                {{Check("!isFinite", "rows", ", firstRow")}}
                {{DriverEmitter.ClassName}}.BatchBest(ref t, tileRows / {{plan.BlockRows}});
                for (int row = 0; row < tileRows; row++)
                {
                    labels[first + row] = {{labels.FromIndex($"(int){Names.Unsafe}.Add(ref t, row)")}};
                }
            }
        }

        private void __SoftmaxPredictBlocks({{Values}} rows, {{Targets}} probabilities, int firstRow)
        {
            {{Scratch}}
            int count = rows.Length / {{plan.Features}};
            for (int first = 0; first < count; first += {{TileRows}})
            {
                int tileRows = global::System.Math.Min({{TileRows}}, count - first);
                bool isFinite = {{BlockScores}};
                {{Check("!isFinite", "rows", ", firstRow")}}
                {{DriverEmitter.ClassName}}.BatchProbabilities(ref t, tileRows / {{plan.BlockRows}});
                {{Names.Support}}.RowUnpacker.Unpack({{Names.Marshal}}.CreateReadOnlySpan(ref t, tileRows * {{plan.Classes}}), {{plan.Classes}}, probabilities.Slice(first * {{plan.Classes}}, tileRows * {{plan.Classes}}));
            }
        }

        """);

    private string Scratch => $"""
        {Names.Span("double")} reserved = stackalloc double[{plan.Prediction.TileLength}];
            ref {_scalar} t = ref {Tile};
        """;

    private string Tile => _scalar == "double" ? Aligned : $"{Names.Unsafe}.As<double, float>(ref {Aligned})";

    private static string Aligned => $"{Names.Marshal}.GetReference({Names.Support}.Scratch.Align(reserved))";

    private string BlockScores =>
        $"{DriverEmitter.ClassName}.BlockScores(rows.Slice(first * {plan.Features}, tileRows * {plan.Features}), {Weights}, {Columns}, ref t)";

    private string RowOfBatch => $"ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(rows), (nint)row * {plan.Features})";

    private void EmitScores()
    {
        string scores = plan.Prediction.Difference is null
            ? $"{DriverEmitter.ClassName}.RowScores({Row}, {Columns}, ref {Names.Marshal}.GetReference(scores))"
            : $"{Names.Support}.PlainScores.Compute<{_scalar}>(__softmaxWeights, features, scores)";
        writer.Write($$"""
            /// <inheritdoc/>
            {{Names.GeneratedCode}}
            public void PredictScores({{Values}} features, {{Targets}} scores)
            {
                {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
                {{Guard}}.Length(scores.Length, {{plan.Classes}}, "scores");
                bool isFinite = {{scores}};
                {{Check("!isFinite", "features")}}
            }

            """);
    }

    private void EmitProbabilities()
    {
        writer.Write($$"""
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictProbabilities({{Values}} features, {{Targets}} probabilities)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            {{Guard}}.Length(probabilities.Length, {{plan.Classes}}, "probabilities");
            bool isFinite = {{DriverEmitter.ClassName}}.RowProbabilities({{Row}}, {{Columns}}, ref {{Names.Marshal}}.GetReference(probabilities));
            {{Check("!isFinite", "features")}}
        }

        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictProbabilitiesBatch({{Values}} rows, {{Targets}} probabilities)
        {
            int count = {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows");
            {{Guard}}.Length(probabilities.Length, checked(count * {{plan.Classes}}), "probabilities");
            __SoftmaxProbabilitiesBatch(rows, probabilities, 0);
        }

        private void __SoftmaxProbabilitiesBatch({{Values}} rows, {{Targets}} probabilities, int firstRow)
        {
            int count = rows.Length / {{plan.Features}};
            int rest = {{Rest("count")}};
        """);
        if (HasTiles)
        {
            writer.Write("""
                    if (rest > 0)
                    {
                        __SoftmaxPredictBlocks(rows.Slice(0, rest * FEATURES), probabilities, firstRow);
                    }

                """.Replace("FEATURES", $"{plan.Features}"));
        }

        writer.Write($$"""
                for (int row = rest; row < count; row++)
                {
                    ref {{_scalar}} p = ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetReference(probabilities), (nint)row * {{plan.Classes}});
                    bool isFinite = {{DriverEmitter.ClassName}}.RowProbabilities({{RowOfBatch}}, {{Columns}}, ref p);
                    {{Check("!isFinite", "rows", ", firstRow")}}
                }
            }

            """);
    }

    // The one place where a row that has no scores becomes an exception.
    private string Check(string failure, string argument, string firstRow = "") => plan.Prediction.ChecksScores
        ? $"if ({failure}) {{ {Guard}.ThrowScores<{_scalar}>({argument}, __softmaxWeights, Shape, \"{argument}\"{firstRow}); }}"
        : "// Features are not checked: what is not finite comes out as it may.";
}
