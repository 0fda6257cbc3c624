using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The members that evaluate a model on rows as they are, with labels beside them or, where rows hold their label, without.</summary>
internal sealed class RowEvaluationMembersEmitter(SourceWriter writer, KernelPlan plan, RowSpec row, LabelText labels)
{
    private string Rows => Names.ReadOnlySpan(row.Type);

    public void Emit()
    {
        writer.BlankLine();
        EmitMember(
            "/// <param name=\"labels\">The label of each row.</param>\n",
            $"{Rows} rows, {Names.ReadOnlySpan(labels.Type)} labels",
            labels.ToNumbers("labels", "labels"));
        if (row.Label is not null)
        {
            writer.BlankLine();
            EmitMember("", $"{Rows} rows", $"{RowTrainingMembersEmitter.LabelsMethod}(rows, 0)");
        }

        EmitFeatures();
    }

    private void EmitMember(string labelsDocumentation, string parameters, string numbers) => writer.Write($$"""
        /// <summary>Measures how the model does on rows whose labels are known: best on rows that it was not trained on.</summary>
        /// <param name="rows">The rows; at least one.</param>
        {{labelsDocumentation}}{{EvaluationEmitter.RowWeightsDocumentation}}
        /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
        /// <example><code>double accuracy = model.Evaluate({{(labelsDocumentation.Length > 0 ? "rows, labels" : "rows")}}).Accuracy;</code></example>
        /// <exception cref="global::System.ArgumentException">
        /// The lengths do not fit, there is no row, {{(row.CanBeNull ? "a row is null, " : "")}}a label is no class, a number is not valid, or the scores of a row overflow.
        /// </exception>
        {{Names.GeneratedCode}}
        public {{Names.Evaluation}} Evaluate({{parameters}}, {{Names.ReadOnlySpan(plan.Scalar)}} rowWeights = default) =>
            {{EvaluationEmitter.Call("__SoftmaxFeatures(rows)", numbers)}};
        """);

    private void EmitFeatures() => writer.Write($$"""

        private static {{plan.Scalar}}[] __SoftmaxFeatures({{Rows}} rows)
        {
            {{plan.Scalar}}[] features =
                global::System.GC.AllocateUninitializedArray<{{plan.Scalar}}>({{Names.Support}}.Guard.TotalLength(rows.Length, {{plan.Features}}, "rows"));
            __SoftmaxReadRows(rows, features, 0);
            return features;
        }
        """);
}
