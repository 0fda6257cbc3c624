using System.Globalization;
using System.Text.RegularExpressions;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>
/// The member that has the text of the encoder, for a model that is exported as C#: a structure of the members, and a method that makes features of it. It is
/// for rows of more than numbers.
/// </summary>
internal sealed class ExportedEncoderEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows)
{
    // What a reader of a field has patience for.
    private const int MostLevels = 20;

    private readonly ExportedEncodingText _text = new(rows);

    public void Emit()
    {
        if (rows.Places.All(static place => place.Feature.Encoding is NumberEncoding))
        {
            return;
        }

        string text = Text();
        string quotes = new('"', Math.Max(3, Regex.Matches(text, "\"+").Cast<Match>().Max(static run => run.Length) + 1));
        writer.Write($"""

            // What ToCSharp writes to encode rows.
            static string {Names.Interface(plan)}.EncoderSource => {quotes}
            """);
        writer.Write(text);
        writer.Write($"{quotes};");
    }

    private static string TypeOf(Encoding encoding) => encoding switch
    {
        OptionalEncoding optional => TypeOf(optional.Value) + (optional.Test.IsNullableValue && !IsArray(optional.Value) ? "?" : ""),
        NumberEncoding { IsBoolean: true } => "bool",
        EnumEncoding enumeration => enumeration.Underlying,
        FlagsEncoding => "ulong",
        CategoryEncoding or HashedEncoding { IsText: true } => "string",
        HashedEncoding => "long",
        VectorEncoding { Source: VectorSource.Memory } vector => $"global::System.ReadOnlyMemory<{vector.Element}>",
        VectorEncoding vector => $"{vector.Element}[]",
        _ => "double",
    };

    private static string Describe(Encoding encoding) => encoding switch
    {
        OptionalEncoding optional => $"{Describe(optional.Value)}, or {Missing(optional.Test)} where it is missing",
        EnumEncoding levels =>
            ", one of " + CommentText.List([.. levels.Names.Zip(levels.Values, static (name, value) => $"{Text(value)} ({name})")], MostLevels),
        FlagsEncoding flags => ", a sum of " + CommentText.List([.. flags.Names.Zip(flags.Bits, static (name, bit) => $"{Text(bit)} ({name})")], MostLevels),
        CategoryEncoding levels => ", one of " + CommentText.List(levels.Names, MostLevels),
        VectorEncoding vector => $", {Text(vector.Count)} numbers",
        _ => "",
    };

    private static string Missing(MissingTest test) => !test.IsNaN ? "null" : test.IsNullableValue ? "null or NaN" : "NaN";

    // In rows of its own, a vector that is not memory is an array, which may be null as it is.
    private static bool IsArray(Encoding encoding) => encoding is VectorEncoding { Source: not VectorSource.Memory };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private string Text()
    {
        var text = new SourceWriter();
        EmitRow(text);
        EmitEncode(text);
        return text.ToString().TrimEnd('\n');
    }

    private void EmitRow(SourceWriter text)
    {
        text.Open($"""
            /// <summary>A row as it is: the members that features are made of.</summary>
            public struct {ExportedEncodingText.RowType}
            """);
        for (int group = 0; group < rows.Places.Count; group++)
        {
            FeatureSpec feature = rows.Places[group].Feature;
            if (feature.Member is not null)
            {
                text.Write($"""
                    /// <summary>{CommentText.Xml(feature.Name) + Describe(feature.Encoding)}.</summary>
                    public {TypeOf(feature.Encoding)} {_text.Field(group)};
                    """);
            }
        }

        text.Close();
        text.BlankLine();
    }

    private void EmitEncode(SourceWriter text)
    {
        string scalar = plan.Scalar;
        text.Open($"""
            /// <summary>Makes features of a row.</summary>
            /// <param name="row">The row.</param>
            /// <param name="features">Receives the features.</param>
            /// <exception cref="global::System.ArgumentException">There is not one place for each feature, or a member has no column for its value.</exception>
            public static void Encode(in {ExportedEncodingText.RowType} row, {Names.Span(scalar)} features)
            """);
        text.Block(
            "if (features.Length != Features)",
            "throw new global::System.ArgumentException(\"There must be one place for each feature.\", nameof(features));");
        text.BlankLine();
        if (rows.HasLookups)
        {
            string known = string.Join(", ", rows.KnownColumns.Select(static column => Text(column ?? -1)));
            text.Write($$"""
                // A row is terms: values, each with its column, that of some being the same for all rows. All other columns are 0.
                {{Names.ReadOnlySpan("int")}} known = new int[] { {{known}} };
                {{Names.Span(scalar)}} values = stackalloc {{scalar}}[{{rows.Terms}}];
                {{Names.Span("int")}} columns = stackalloc int[{{rows.Terms}}];
                """);
        }

        new EncodingEmitter(text, plan, rows, _text).EmitStatements();
        if (rows.HasLookups)
        {
            text.Write("features.Clear();");
            text.Block("for (int term = 0; term < values.Length; term++)", "features[known[term] >= 0 ? known[term] : columns[term]] += values[term];");
        }

        text.Close();
    }
}
