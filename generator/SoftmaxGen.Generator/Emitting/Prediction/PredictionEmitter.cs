using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that predict. Those with labels are thin: private members find indices of classes, whatever the labels are.</summary>
internal sealed class PredictionEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";

    private readonly string _scalar = plan.Scalar;

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Targets => Names.Span(_scalar);

    private string Difference => $"{KernelShell.DriverOf(plan)}.Difference({Row}, {PredictionText.FirstColumn})";

    private static string Row => $"ref {Names.Marshal}.GetReference(features)";

    public void Emit()
    {
        EmitLabels();
        new PredictionDecisionsEmitter(writer, plan, labels).Emit();
        EmitIndices();
        EmitComparison();
        EmitScores();
        EmitProbabilities();
        new PredictionBatchEmitter(writer, plan, labels).Emit();
        if (ZeroSkippingEmitter.HasHooks(plan))
        {
            new ZeroSkippingEmitter(writer, plan).EmitHooks();
        }
    }

    private void EmitLabels()
    {
        writer.Write($$"""
            {{labels.PredictionDocumentation("Predict")}}
            {{Names.GeneratedCode}}
            {{Names.Optimize}}
            public {{labels.Type}} Predict({{Values}} features) => {{labels.FromIndex("__SoftmaxPredict(features)")}};

            """);
    }

    private void EmitIndices()
    {
        bool isDifference = plan.Prediction.Difference is not null;
        string best = ZeroSkippingEmitter.Call(plan, isDifference ? "BestInRange" : "Best", Row);
        writer.Write($$"""
            // The index of the most probable class. No call but the last one, so that no register is saved for it.
            {{Names.OptimizeApart}}
            private int __SoftmaxPredict({{Values}} features)
            {
                if (features.Length != {{plan.Features}} || __softmaxColumns is null) { return __SoftmaxBeginOrRefuse(features); }
                int best = {{best}};
                if (best < 0) { return __SoftmaxBeginOrRefuse(features); }
                return best;
            }

            // The same for the first row, and for one that is refused{{(isDifference ? " or where the scores must tell" : "")}}.
            {{Names.NoInline}}
            private int __SoftmaxBeginOrRefuse({{Values}} features)
            {
                {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
                if (__softmaxColumns is null) { {{PredictionText.MakeColumns}}(); return __SoftmaxPredict(features); }
                int best = {{ZeroSkippingEmitter.Call(plan, "Best", Row)}};
                {{PredictionText.Check(plan, "best < 0", "features")}}
                return best;
            }

            """);
        writer.Write($$"""
            // The same, and its probability.
            {{Names.Optimize}}
            private int __SoftmaxPredict({{Values}} features, out {{_scalar}} probability)
            {
                {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
                int best = {{ZeroSkippingEmitter.Call(plan, "Best", Row, ", out probability")}};
                {{PredictionText.Check(plan, "best < 0", "features")}}
                return best;
            }

            """);
    }

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
                scores[1] = {{Difference}};
                {{PredictionText.Check(plan, $"!{_scalar}.IsFinite(scores[1])", "features")}}
            }

            """);

    private void EmitScores()
    {
        string scores = plan.Prediction.Difference is null
            ? ZeroSkippingEmitter.Call(plan, "Scores", Row, $", ref {Names.Marshal}.GetReference(scores)")
            : $"{Names.Support}.TwoClassScores.Compute<{_scalar}>(__softmaxWeights, features, {Difference}, scores)";
        writer.Write($$"""
            /// <summary>Computes the scores <c>S = W x</c> of one row, in the order of the classes: {{ShapeText.Classes(plan.Model)}}.</summary>
            /// <inheritdoc/>
            {{Names.GeneratedCode}}
            {{Names.Optimize}}
            public void PredictScores({{Values}} features, {{Targets}} scores)
            {
                {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
                {{Guard}}.Length(scores.Length, {{plan.Classes}}, "scores");
                {{Guard}}.Apart<{{_scalar}}>(features, scores, "scores", "features");
                bool isFinite = {{scores}};
                {{PredictionText.Check(plan, "!isFinite", "features")}}
            }

            """);
    }

    private void EmitProbabilities()
    {
        writer.Write($$"""
        /// <summary>Computes the probabilities of one row, in the order of the classes: {{ShapeText.Classes(plan.Model)}}.</summary>
        /// <inheritdoc/>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public void PredictProbabilities({{Values}} features, {{Targets}} probabilities)
        {
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            {{Guard}}.Length(probabilities.Length, {{plan.Classes}}, "probabilities");
            {{Guard}}.Apart<{{_scalar}}>(features, probabilities, "probabilities", "features");
            bool isFinite = {{ZeroSkippingEmitter.Call(plan, "Probabilities", Row, $", ref {Names.Marshal}.GetReference(probabilities)")}};
            {{PredictionText.Check(plan, "!isFinite", "features")}}
        }

        """);
    }
}
