using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that say more than a label: how probable, by how much, what else, and why. Thin: what is not hot is done by the runtime.</summary>
internal sealed class PredictionDecisionsEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";

    private readonly string _scalar = plan.Scalar;

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Ranking => $"{Names.Support}.Ranking<{_scalar}>";

    private string Explanation => $"global::SoftmaxGen.Explanation<{labels.Type}, {_scalar}>";

    // Scores that the ranking uses up.
    private string Compare => $"{Names.Span(_scalar)} scores = stackalloc {_scalar}[{plan.Classes}];\n    __SoftmaxCompare(features, scores);";

    /// <summary>The statements that fill <c>top</c> from <c>scores</c>.</summary>
    public static string FillTop(KernelPlan plan, LabelText labels) => $$"""
        {{Names.Support}}.Ranking<{{plan.Scalar}}> ranking = new {{Names.Support}}.Ranking<{{plan.Scalar}}>(scores);
        for (int rank = 0; rank < top.Length; rank++)
        {
            int best = ranking.Next(out {{plan.Scalar}} probability);
            top[rank] = ({{labels.FromIndex("best")}}, probability);
        }
        """;

    /// <summary>The statements that explain <c>scores</c>.</summary>
    public static string ReturnExplanation(KernelPlan plan, LabelText labels, string features)
    {
        string ranking = $"{Names.Support}.Ranking<{plan.Scalar}>";
        return $"""
            int best = {ranking}.BestTwo(scores, out int runnerUp, out {plan.Scalar} _);
            {plan.Scalar} margin = {ranking}.Explain(__softmaxWeights, {features}, best, runnerUp, contributions, out {plan.Scalar} bias);
            return new global::SoftmaxGen.Explanation<{labels.Type}, {plan.Scalar}>({labels.FromIndex("best")}, {labels.FromIndex("runnerUp")}, bias, margin);
            """;
    }

    public void Emit()
    {
        EmitProbable();
        EmitTop();
        EmitMargin();
        EmitExplain();
    }

    private void EmitProbable() => writer.Write($$"""
        /// <summary>Finds the most probable class of one row, and its probability. {{labels.Ties}}</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <param name="probability">The probability of the class.</param>
        /// <returns>The label of the class with the largest score.</returns>
        /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}, a feature is not finite, or a score overflows.</exception>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public {{labels.Type}} Predict({{Values}} features, out {{_scalar}} probability) => {{labels.FromIndex("__SoftmaxPredict(features, out probability)")}};

        /// <summary>Finds the most probable class of one row, unless it is not probable enough.</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <param name="minProbability">The probability, from 0 to 1, that the class must have at least.</param>
        /// <param name="label">The label of the class with the largest score, probable enough or not.</param>
        /// <returns>Whether its probability is at least <paramref name="minProbability"/>.</returns>
        /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}, a feature is not finite, a score overflows, or the probability is none.</exception>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public bool TryPredict({{Values}} features, {{_scalar}} minProbability, out {{labels.Type}} label)
        {
            {{Guard}}.Probability(minProbability, "minProbability");
            label = Predict(features, out {{_scalar}} probability);
            return probability >= minProbability;
        }

        """);

    private void EmitTop() => writer.Write($$"""
        /// <summary>Finds the most probable classes of one row, the most probable first. {{labels.Ties}}</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <param name="top">Receives as many classes as it has room for, at most {{plan.Classes}}, each with its probability.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, a feature is not finite, or a score overflows.</exception>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public void PredictTop({{Values}} features, {{Names.Span($"({labels.Type} Label, {_scalar} Probability)")}} top)
        {
            {{Guard}}.AtMost(top.Length, {{plan.Classes}}, "top");
            {{Compare}}
            {{FillTop(plan, labels).Replace("\n", "\n    ")}}
        }

        """);

    private void EmitMargin() => writer.Write($$"""
        /// <summary>Finds the most probable class of one row, and how far its score is above the next: no exponential is needed. {{labels.Ties}}</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <param name="margin">The largest score less the second largest, not negative: the logarithm of the ratio of the two probabilities.</param>
        /// <returns>The label of the class with the largest score.</returns>
        /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}, a feature is not finite, or a score overflows.</exception>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public {{labels.Type}} PredictWithMargin({{Values}} features, out {{_scalar}} margin)
        {
            {{Compare}}
            int best = {{Ranking}}.BestTwo(scores, out int _, out margin);
            return {{labels.FromIndex("best")}};
        }

        """);

    private void EmitExplain() => writer.Write($$"""
        /// <summary>Explains the prediction of one row: what each feature contributes to the lead of the predicted class over the runner-up.</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <param name="contributions">Receives <c>(w_best,k - w_runnerup,k) x_k</c> for each of the {{plan.Features}} features.</param>
        /// <returns>The two classes, the part of the bias, and the sum of all parts.</returns>
        /// <exception cref="global::System.ArgumentException">A length is not {{plan.Features}}, a feature is not finite, or a score overflows.</exception>
        {{Names.GeneratedCode}}
        {{Names.Optimize}}
        public {{Explanation}} Explain({{Values}} features, {{Names.Span(_scalar)}} contributions)
        {
            {{Guard}}.Length(contributions.Length, {{plan.Features}}, "contributions");
            {{Compare}}
            {{ReturnExplanation(plan, labels, "features").Replace("\n", "\n    ")}}
        }

        """);
}
