using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The member that evaluates a model whose labels are those of an enum; numbers are what the library itself takes.</summary>
internal static class EvaluationEmitter
{
    /// <summary>The documentation of the weights of rows.</summary>
    public const string RowWeightsDocumentation =
        "/// <param name=\"rowWeights\">The weight of each row, finite and not negative: weight 2 counts like the row twice. Empty: every row weighs 1.</param>";

    /// <summary>Evaluates expressions of features and of numbers, by the argument with the weights of rows.</summary>
    public static string Call(string rows, string numbers) => $"global::SoftmaxGen.EvaluationExtensions.Evaluate(this, {rows}, {numbers}, rowWeights)";

    public static void Emit(SourceWriter writer, KernelPlan plan, LabelText labels) => writer.Write($$"""
        /// <summary>Measures how the model does on rows whose labels are known: best on rows that it was not trained on.</summary>
        /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
        /// <param name="labels">The <c>n</c> labels.</param>
        {{RowWeightsDocumentation}}
        /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
        /// <exception cref="global::System.ArgumentException">
        /// The lengths do not fit, there is no row, a label is no class, a number is not valid, or the scores of a row overflow.
        /// </exception>
        {{Names.GeneratedCode}}
        public {{Names.Evaluation}} Evaluate({{Names.ReadOnlySpan(plan.Scalar)}} rows, {{Names.ReadOnlySpan(labels.Type)}} labels, {{Names.ReadOnlySpan(plan.Scalar)}} rowWeights = default) =>
            {{Call("rows", labels.ToNumbers("labels", "labels"))}};

        """);
}
