using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The member that evaluates a model whose labels are those of an enum; numbers are what the library itself takes.</summary>
internal static class EvaluationEmitter
{
    /// <summary>Evaluates expressions of features and of numbers.</summary>
    public static string Call(string rows, string numbers) => $"global::SoftmaxGen.EvaluationExtensions.Evaluate(this, {rows}, {numbers})";

    public static void Emit(SourceWriter writer, KernelPlan plan, LabelText labels) => writer.Write($$"""
        /// <summary>Measures how the model does on rows whose labels are known: best on rows that it was not trained on.</summary>
        /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
        /// <param name="labels">The <c>n</c> labels.</param>
        /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
        /// <exception cref="global::System.ArgumentException">
        /// The lengths do not fit, there is no row, a label is no class, a feature is not finite, or the scores of a row overflow.
        /// </exception>
        {{Names.GeneratedCode}}
        public {{Names.Evaluation}} Evaluate({{Names.ReadOnlySpan(plan.Scalar)}} rows, {{Names.ReadOnlySpan(labels.Type)}} labels) =>
            {{Call("rows", labels.ToNumbers("labels", "labels"))}};

        """);
}
