using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The members that read the features of rows.</summary>
internal sealed class RowReadingMembersEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows, LabelText labels)
{
    private const string Guard = Names.Support + ".Guard";

    private readonly RowSpec _row = rows.Row;
    private readonly EncodingEmitter _encoding = new(writer, plan, rows);

    public void Emit()
    {
        EmitCopyFeatures();
        EmitRead();
        EmitReadRows();
    }

    private void EmitCopyFeatures()
    {
        writer.Open($$"""
            /// <summary>Copies the features of a row into a span, in the order of the model{{ShapeText.FeatureNames(plan.Model)}}.</summary>
            /// <param name="row">The row.</param>
            /// <param name="features">Receives the {{plan.Features}} features.</param>
            /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}{{(_row.CanBeNull ? ", or the row is null" : "")}}.</exception>
            {{Names.GeneratedCode}}
            public static void CopyFeatures(in {{_row.Type}} row, {{Names.Span(plan.Scalar)}} features)
            """);
        WriteNullCheck(writer, _row, "row");
        writer.Write($$"""
            {{Guard}}.Length(features.Length, {{plan.Features}}, "features");
            __SoftmaxRead(in row, features{{_encoding.RowArguments("0", "row")}});
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

    private void EmitRead()
    {
        if (!rows.HasLookups)
        {
            EmitEncoder($"__SoftmaxRead(in {_row.Type} row, {Names.Span(plan.Scalar)} features{_encoding.RowParameters})");
            return;
        }

        _encoding.EmitTables();
        writer.Write($"""
            // The columns of the terms of a row; -1 stands for one that the row tells.
            private static {Names.ReadOnlySpan("int")} {EncodingEmitter.KnownColumns} => new int[] {Braced(rows.KnownColumns.Select(static column => column ?? -1))};

            // A row as terms: {rows.Terms} values, each with its column, {rows.Lookups} of which the row tells. All other columns are 0.
            """);
        EmitEncoder($"__SoftmaxEncode(in {_row.Type} row, {Names.Span(plan.Scalar)} values, {Names.Span("int")} columns{_encoding.RowParameters})");
        writer.Write($$"""
            {{Names.Optimize}}
            private static void __SoftmaxRead(in {{_row.Type}} row, {{Names.Span(plan.Scalar)}} features{{_encoding.RowParameters}})
            {
                {{Names.Span(plan.Scalar)}} values = stackalloc {{plan.Scalar}}[{{rows.Terms}}];
                {{Names.Span("int")}} columns = stackalloc int[{{rows.Terms}}];
                __SoftmaxEncode(in row, values, columns{{(rows.MayRefuse ? ", number, parameterName" : "")}});
                {{Names.Support}}.RowTerms.Scatter<{{plan.Scalar}}>(values, {{EncodingEmitter.KnownColumns}}, columns, features);
            }

            """);
    }

    private static string Braced(IEnumerable<int> columns) => $"{{ {string.Join(", ", columns)} }}";

    private void EmitEncoder(string signature)
    {
        writer.Open($"""
            {Names.OptimizeInline}
            private static void {signature}
            """);
        _encoding.EmitStatements();
        writer.Close();
        writer.BlankLine();
    }

    private void EmitReadRows()
    {
        writer.Open($$"""
            // Rows in the layout of a span: n x {{plan.Features}}, row-major. They are counted from the first one for the message.
            {{Names.Optimize}}
            private static void __SoftmaxReadRows({{Names.ReadOnlySpan(_row.Type)}} rows, {{Names.Span(plan.Scalar)}} features, int firstRow)
            """);
        writer.Open("for (int row = 0; row < rows.Length; row++)");
        if (_row.CanBeNull)
        {
            writer.Write($"{Guard}.RowNotNull(rows[row], firstRow + row, \"rows\");");
        }

        writer.Write($"__SoftmaxRead(in rows[row], features.Slice(row * {plan.Features}, {plan.Features}){_encoding.RowArguments("firstRow + row", "rows")});");
        writer.Close();
        writer.Close();
        writer.BlankLine();
        string parameters = $"{Names.ReadOnlySpan(_row.Type)} rows, {Names.Span(plan.Scalar)} features, int firstRow";
        writer.Write($"""
            static void {Names.Interface(plan, labels.Type, _row.Type)}.ReadRows({parameters}) => __SoftmaxReadRows(rows, features, firstRow);

            """);
    }
}
