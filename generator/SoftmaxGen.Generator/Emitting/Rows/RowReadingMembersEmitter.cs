using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The members that read the features of rows.</summary>
internal sealed class RowReadingMembersEmitter(SourceWriter writer, KernelPlan plan, RowSpec row)
{
    private const string Guard = Names.Support + ".Guard";

    public void Emit()
    {
        EmitCopyFeatures();
        EmitRead();
        EmitReadRows();
    }

    private void EmitCopyFeatures()
    {
        writer.Open($$"""
            /// <summary>Copies the features of a row into a span, in the order of the model: {{Order()}}.</summary>
            /// <param name="row">The row.</param>
            /// <param name="features">Receives the {{plan.Features}} features.</param>
            /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}{{(row.CanBeNull ? ", or the row is null" : "")}}.</exception>
            {{Names.GeneratedCode}}
            public static void CopyFeatures(in {{row.Type}} row, {{Names.Span(plan.Scalar)}} features)
            """);
        WriteNullCheck(writer, row, "row");
        writer.Write($$"""
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            __SoftmaxRead(in row, features);
            """);
        writer.Close();
        writer.BlankLine();
    }

    /// <summary>Refuses a row that is null, where it can be.</summary>
    public static void WriteNullCheck(SourceWriter writer, RowSpec row, string parameter)
    {
        if (row.CanBeNull)
        {
            writer.Write($"global::System.ArgumentNullException.ThrowIfNull({parameter}, \"{parameter}\");");
        }
    }

    // Enough of them to see the order by; a documentation comment is no place for hundreds.
    private string Order() => string.Join(", ", plan.Model.FeatureNames.Take(8)) + (plan.Features > 8 ? " and so on" : "");

    private void EmitRead()
    {
        writer.Open($$"""
            {{Names.Inline}}
            private static void __SoftmaxRead(in {{row.Type}} row, {{Names.Span(plan.Scalar)}} features)
            """);
        for (int k = 0; k < row.Features.Count; k++)
        {
            writer.Write($"features[{k}] = {Value(row.Features[k])};");
        }

        writer.Close();
        writer.BlankLine();
    }

    private string Value(FeatureSpec feature) => feature.IsBoolean ? $"{feature.Member.Of("row")} ? 1 : 0" : $"({plan.Scalar}){feature.Member.Of("row")}";

    private void EmitReadRows()
    {
        writer.Open($$"""
            // Rows in the layout of a span: n x {{plan.Features}}, row-major. They are counted from the first one for the message.
            private static void __SoftmaxReadRows({{Names.ReadOnlySpan(row.Type)}} rows, {{Names.Span(plan.Scalar)}} features, int firstRow)
            """);
        writer.Open("for (int row = 0; row < rows.Length; row++)");
        if (row.CanBeNull)
        {
            writer.Write($"{Guard}.RowNotNull(rows[row], firstRow + row, \"rows\");");
        }

        writer.Write($"__SoftmaxRead(in rows[row], features.Slice(row * {plan.Features}, {plan.Features}));");
        writer.Close();
        writer.Close();
        writer.BlankLine();
    }
}
