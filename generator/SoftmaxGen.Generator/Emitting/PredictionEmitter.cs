using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The members that predict. Those with labels are thin: private members find indices of classes, whatever the labels are.</summary>
internal sealed class PredictionEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";

    private readonly string _scalar = plan.Scalar;

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Targets => Names.Span(_scalar);

    public void Emit()
    {
        EmitLabels();
        EmitIndices();
        EmitScoresAndProbabilities();
        EmitProbabilitiesBatch();
        EmitRowHelpers();
    }

    private void EmitLabels() => writer.Write($$"""
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public {{labels.Type}} Predict({{Values}} features) => {{labels.FromIndex("__SoftmaxPredict(features)")}};

        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictBatch({{Values}} rows, {{Names.Span(labels.Type)}} labels)
        {
            {{Guard}}.Length(labels.Length, {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows"), "labels");
            {{Scratch("scores")}}
            for (int row = 0; row < labels.Length; row++)
            {
                __SoftmaxScores(rows.Slice(row * {{plan.Features}}, {{plan.Features}}), scores, rows, "rows");
                labels[row] = {{labels.FromIndex("__SoftmaxArgMax(scores)")}};
            }
        }

        """);

    private void EmitIndices() => writer.Write($$"""
        // The index of the most probable class.
        private int __SoftmaxPredict({{Values}} features)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            {{Scratch("scores")}}
            __SoftmaxScores(features, scores, features, "features");
            return __SoftmaxArgMax(scores);
        }

        """);

    private void EmitScoresAndProbabilities() => writer.Write($$"""
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictScores({{Values}} features, {{Targets}} scores)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            {{Guard}}.Length(scores.Length, {{plan.Classes}}, "scores");
            {{Scratch("padded")}}
            __SoftmaxScores(features, padded, features, "features");
            padded.Slice(0, {{plan.Classes}}).CopyTo(scores);
        }

        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictProbabilities({{Values}} features, {{Targets}} probabilities)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            {{Guard}}.Length(probabilities.Length, {{plan.Classes}}, "probabilities");
            {{Scratch("scores")}}
            __SoftmaxScores(features, scores, features, "features");
            __SoftmaxProbabilities(scores);
            scores.Slice(0, {{plan.Classes}}).CopyTo(probabilities);
        }

        """);

    private void EmitProbabilitiesBatch() => writer.Write($$"""
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        public void PredictProbabilitiesBatch({{Values}} rows, {{Targets}} probabilities)
        {
            int count = {{Guard}}.WholeRows(rows.Length, {{plan.Features}}, "rows");
            {{Guard}}.Length(probabilities.Length, checked(count * {{plan.Classes}}), "probabilities");
            {{Scratch("scores")}}
            for (int row = 0; row < count; row++)
            {
                __SoftmaxScores(rows.Slice(row * {{plan.Features}}, {{plan.Features}}), scores, rows, "rows");
                __SoftmaxProbabilities(scores);
                scores.Slice(0, {{plan.Classes}}).CopyTo(probabilities.Slice(row * {{plan.Classes}}, {{plan.Classes}}));
            }
        }

        """);

    private void EmitRowHelpers() => writer.Write($$"""
        // S = W x. A feature that is not finite makes every score so: one look at the first score stands for a look at each feature of the row.
        // The argument that holds the row is for the message.
        private void __SoftmaxScores({{Values}} features, {{Targets}} scores, {{Values}} argument, string parameterName)
        {
            {{DriverEmitter.ClassName}}.RowScores(
                ref {{Names.Marshal}}.GetReference(features),
                ref {{Names.Marshal}}.GetArrayDataReference(__softmaxColumns),
                ref {{Names.Marshal}}.GetReference(scores));
            if (!{{_scalar}}.IsFinite(scores[0]))
            {
                {{Guard}}.FiniteRows(argument, {{plan.Features}}, parameterName);
            }
        }

        // Strictly greater: ties go to the lowest class.
        private static int __SoftmaxArgMax({{Targets}} scores)
        {
            int best = 0;
            {{_scalar}} max = scores[0];
            for (int j = 1; j < {{plan.Classes}}; j++)
            {
                if (scores[j] > max)
                {
                    max = scores[j];
                    best = j;
                }
            }

            return best;
        }

        private static void __SoftmaxProbabilities({{Targets}} scores) =>
            {{DriverEmitter.ClassName}}.RowProbabilities(ref {{Names.Marshal}}.GetReference(scores), scores[__SoftmaxArgMax(scores)]);

        """);

    private string Scratch(string name) => $"{Targets} {name} = stackalloc {_scalar}[{plan.Prediction.PaddedClasses}];";
}
