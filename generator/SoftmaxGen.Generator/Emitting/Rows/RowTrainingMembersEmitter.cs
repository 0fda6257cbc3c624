using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The members that train on rows as they are, with labels beside them or, where rows hold their label, without.</summary>
internal sealed class RowTrainingMembersEmitter(SourceWriter writer, KernelPlan plan, RowSpec row, LabelText labels)
{
    /// <summary>The method that reads the labels of rows, where they hold them.</summary>
    public const string LabelsMethod = "__SoftmaxLabels";

    private const string Guard = Names.Support + ".Guard";

    private readonly string _scalar = plan.Scalar;
    private readonly string _trainingSet = Names.TrainingSet(plan);
    private readonly string _interface = Names.Interface(plan, labels.Type, row.Type);

    private string Rows => Names.ReadOnlySpan(row.Type);

    private string Labels => Names.ReadOnlySpan(labels.Type);

    private string Values => Names.ReadOnlySpan(_scalar);

    private string TypeArguments => $"{plan.Model.Type.SelfReference}, {_scalar}, {labels.Type}, {row.Type}";

    private string Refusal => $"{(row.CanBeNull ? "a row is null, " : "")}a label is no class, or a number is not valid";

    public void Emit()
    {
        EmitCreateTrainingSet();
        EmitTrain(ofLabelledRows: false);
        if (row.Label is { } label)
        {
            EmitCreateLabelledSet();
            EmitTrain(ofLabelledRows: true);
            EmitLabels(label);
        }

        EmitTrainingSet();
    }

    private void EmitCreateTrainingSet() => writer.Write($$"""
        /// <summary>Validates rows and labels and packs them for training.</summary>
        /// <param name="rows">The rows; their features are copied.</param>
        /// <param name="labels">The label of each row; copied.</param>
        /// <param name="rowWeights">The weight of each row, finite and not negative; copied. Empty: every row weighs 1.</param>
        /// <returns>The training set, to be disposed of by the caller.</returns>
        /// <exception cref="global::System.ArgumentException">The lengths do not fit, there is no row, {{Refusal}}.</exception>
        {{Names.GeneratedCode}}
        public static {{_trainingSet}} CreateTrainingSet({{Rows}} rows, {{Labels}} labels, {{Values}} rowWeights = default) =>
            __SoftmaxTrainingSet(rows, {{labels.ToNumbers("labels", "labels")}}, rowWeights);

        """);

    private void EmitCreateLabelledSet() => writer.Write($$"""
        /// <summary>Validates rows, each with its label, and packs them for training.</summary>
        /// <param name="rows">The rows; their features and labels are copied.</param>
        /// <param name="rowWeights">The weight of each row, finite and not negative; copied. Empty: every row weighs 1.</param>
        /// <returns>The training set, to be disposed of by the caller.</returns>
        /// <exception cref="global::System.ArgumentException">The lengths do not fit, there is no row, {{Refusal}}.</exception>
        {{Names.GeneratedCode}}
        public static {{_trainingSet}} CreateTrainingSet({{Rows}} rows, {{Values}} rowWeights = default) =>
            __SoftmaxTrainingSet(rows, {{LabelsMethod}}(rows, 0), rowWeights);

        """);

    private void EmitLabels(LabelMemberSpec label)
    {
        string type = label.IsInt ? "int" : labels.Type;
        string numbers = label.IsInt ? "labels" : labels.ToNumbers($"new {Names.ReadOnlySpan(type)}(labels)", "rows", "firstRow");
        writer.Open($"private static {Names.ReadOnlySpan("int")} {LabelsMethod}({Rows} rows, int firstRow)");
        writer.Write($"{type}[] labels = new {type}[rows.Length];");
        writer.Open("for (int row = 0; row < rows.Length; row++)");
        if (row.CanBeNull)
        {
            writer.Write($"{Guard}.RowNotNull(rows[row], firstRow + row, \"rows\");");
        }

        writer.Write($"labels[row] = {label.Member.Of("rows[row]")};");
        writer.Close();
        writer.BlankLine();
        writer.Write($$"""
            {{Names.ReadOnlySpan("int")}} numbers = {{numbers}};
            {{labels.Check("numbers", "rows", "firstRow")}}
            return numbers;
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write($"""
            static {Names.ReadOnlySpan("int")} {_interface}.ReadLabels({Rows} rows, int firstRow) => {LabelsMethod}(rows, firstRow);

            """);
    }

    private string Example(bool ofLabelledRows) =>
        CommentText.Xml($"{plan.Model.Type.Name} model = {plan.Model.Type.Name}.Train({(ofLabelledRows ? "rows" : "rows, labels")}).Model;");

    private void EmitTrain(bool ofLabelledRows)
    {
        writer.Write($$"""
            /// <summary>Trains a model{{(ofLabelledRows ? " on rows, each with its label" : "")}}.</summary>
            /// <param name="rows">The rows.</param>
            """);
        if (!ofLabelledRows)
        {
            writer.Write("/// <param name=\"labels\">The label of each row.</param>");
        }

        writer.Write($$"""
            /// <param name="options">How to train; the defaults of <see cref="global::SoftmaxGen.TrainingOptions"/> when null.</param>
            /// <param name="progress">Told of every iteration.</param>
            /// <param name="cancellationToken">Stops the training early; the best model so far is returned with <see cref="global::SoftmaxGen.StopReason.Canceled"/>.</param>
            /// <returns>The model and how the training ended.</returns>
            /// <example><code>{{Example(ofLabelledRows)}}</code></example>
            /// <exception cref="global::System.ArgumentException">The lengths do not fit, there is no row, a class has no row, {{Refusal}}.</exception>
            {{Names.GeneratedCode}}
            public static {{Names.TrainingResult(plan)}} Train(
                {{Rows}} rows,
            """);
        if (!ofLabelledRows)
        {
            writer.Write($"    {Labels} labels,");
        }

        writer.Write($$"""
            {{TrainingEmitter.Parameters}})
            {
                using {{_trainingSet}} set = __SoftmaxTrainingSet(rows, {{(ofLabelledRows ? $"{LabelsMethod}(rows, 0)" : labels.ToNumbers("labels", "labels"))}}, default);
                return global::SoftmaxGen.SoftmaxTrainer.Train(set, options, progress, cancellationToken);
            }

            """);
    }

    private void EmitTrainingSet() => writer.Write($$"""
        private static {{_trainingSet}} __SoftmaxTrainingSet({{Rows}} rows, {{Names.ReadOnlySpan("int")}} labels, {{Values}} rowWeights) =>
            {{Names.Support}}.RowTraining.CreateTrainingSet<{{TypeArguments}}>(rows, labels, rowWeights);
        """);
}
