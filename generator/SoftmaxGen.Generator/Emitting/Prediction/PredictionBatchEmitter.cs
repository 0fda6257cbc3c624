using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that predict many rows: the library cuts them into tiles.</summary>
internal sealed class PredictionBatchEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string ModelLabels = "__SoftmaxModelLabels";

    private readonly string _tiles = $"{Names.Support}.PredictionTiles<{KernelShell.DriverOf(plan)}, {ModelLabels}, {labels.Type}, {plan.Scalar}>";

    private string Rows => Names.ReadOnlySpan(plan.Scalar);

    private string Labels => Names.Span(labels.Type);

    private string Targets => Names.Span(plan.Scalar);

    public void Emit() => writer.Write($$"""
        {{labels.PredictionDocumentation("PredictBatch")}}
        {{Names.GeneratedCode}}
        public void PredictBatch({{Rows}} rows, {{Labels}} labels) => __SoftmaxPredictBatch(rows, labels, 0);

        // Messages count rows from the first one.
        private void __SoftmaxPredictBatch({{Rows}} rows, {{Labels}} labels, int firstRow) =>
            {{_tiles}}.Labels(rows, labels, __softmaxWeights, {{PredictionText.AllColumns}}, firstRow);

        /// <summary>Computes the probabilities of each row, in the order of the classes: {{ShapeText.Classes(plan.Model)}}.</summary>
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictProbabilitiesBatch({{Rows}} rows, {{Targets}} probabilities) => __SoftmaxProbabilitiesBatch(rows, probabilities, 0);

        private void __SoftmaxProbabilitiesBatch({{Rows}} rows, {{Targets}} probabilities, int firstRow) =>
            {{_tiles}}.Probabilities(rows, probabilities, __softmaxWeights, {{PredictionText.AllColumns}}, firstRow);

        private readonly struct {{ModelLabels}} : {{Names.Support}}.IModelLabels<{{labels.Type}}>
        {
            public static global::SoftmaxGen.ModelShape Shape => __SoftmaxShape.Value;

            public static {{labels.Type}} Of(int index) => {{labels.FromIndex("index")}};
        }

        """);
}
