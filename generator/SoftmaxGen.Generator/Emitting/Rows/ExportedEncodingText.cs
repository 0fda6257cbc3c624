using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>Statements that need nothing but the framework, in a class that a model is exported to; its rows are a structure of the class.</summary>
internal sealed class ExportedEncodingText(RowPlan rows) : IEncodingText
{
    private const string IgnoreCase = "global::System.StringComparison.OrdinalIgnoreCase";

    private readonly string[] _fields = FieldsOf(rows);

    /// <summary>The name of the structure.</summary>
    public const string RowType = "Row";

    /// <summary>The name of the field that stands for the member of a feature.</summary>
    public string Field(int group) => _fields[group];

    public string Member(int group, FeaturePlace place) => $"row.{Field(group)}";

    public string Helper(string name) => name;

    public string LevelIgnoringCase(int group, string value, IEnumerable<string> levels) =>
        string.Concat(levels.Select((level, index) => $"string.Equals({value}, {level}, {IgnoreCase}) ? {index} : ")) + "-1";

    public string Unknown(int group, string value) => Throw($"{Literal($"{Name(group)} has no column for '")} + {value} + \"'.\"");

    public string Null(int group) => Throw(Literal($"{Name(group)} must not be null."));

    public string CheckLength(int group, string length, int expected) =>
        $"if ({length} != {expected}) {{ {Throw(Literal($"{Name(group)} must have {expected} numbers."))} }}";

    private static string Throw(string message) => $"throw new global::System.ArgumentException({message}, nameof(row));";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    // Members of a base type may have the name of others; a field may not have that of its type.
    private static string[] FieldsOf(RowPlan rows)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { RowType };
        string[] fields = new string[rows.Places.Count];
        for (int group = 0; group < fields.Length; group++)
        {
            string name = rows.Places[group].Feature.Member?.Name ?? "";
            while (name.Length > 0 && !taken.Add(name))
            {
                name += "_";
            }

            fields[group] = name;
        }

        return fields;
    }

    private string Name(int group) => rows.Places[group].Feature.Name;
}
