using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The generated file of a model with a row type: its members once more, with rows as they are.</summary>
internal static class RowsEmitter
{
    // What a reader who points at the name of the class has patience for.
    private const int MostNames = 40;

    public static string Emit(KernelPlan plan, RowPlan rows)
    {
        RowSpec row = rows.Row;
        var writer = new SourceWriter();
        var labels = new LabelText(plan.Model);
        string baseList = $" : {Names.Interface(plan, labels.Type, row.Type)}";
        string remarks = $"Features: {CommentText.List(plan.Model.FeatureNames, MostNames)}.";
        TypeShell.Open(writer, plan, $"Rows of type {row.Type}: features are read from its members, one by one.", baseList, remarks: remarks);
        new RowReadingMembersEmitter(writer, plan, rows, labels).Emit();
        new RowPredictionMembersEmitter(writer, plan, rows, labels).Emit();
        new RowTrainingMembersEmitter(writer, plan, row, labels).Emit();
        new RowEvaluationMembersEmitter(writer, plan, row, labels).Emit();
        new ExportedEncoderEmitter(writer, plan, rows).Emit();
        TypeShell.Close(writer, plan);
        return writer.ToString();
    }
}
