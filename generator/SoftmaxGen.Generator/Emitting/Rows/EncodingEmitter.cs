using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>
/// The statements that encode the members of a row. Where every column is known to the compiler they store <c>features</c>; otherwise they store terms, the
/// value of each in <c>values</c> and, where the row tells it, its column in <c>columns</c>. Columns that all rows share are <see cref="KnownColumns"/>.
/// </summary>
internal sealed class EncodingEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows, IEncodingText? otherText = null)
{
    private readonly IEncodingText _text = otherText ?? new ModelEncodingText();

    /// <summary>The columns of the terms, -1 for those that a row tells.</summary>
    public const string KnownColumns = "__SoftmaxKnownColumns";

    /// <summary>The parameters by which a refusal tells the row.</summary>
    public string RowParameters => rows.MayRefuse ? ", int number, string parameterName" : "";

    /// <summary>The arguments for them.</summary>
    /// <param name="number">An expression for the number of the row.</param>
    /// <param name="parameterName">The name of the argument that the row comes from.</param>
    public string RowArguments(string number, string parameterName) => rows.MayRefuse ? $", {number}, \"{parameterName}\"" : "";

    /// <summary>Writes the statements.</summary>
    public void EmitStatements()
    {
        for (int group = 0; group < rows.Places.Count; group++)
        {
            FeaturePlace place = rows.Places[group];
            if (place.Feature.Encoding is not NumberEncoding)
            {
                writer.Write($"// {Comment(place)}");
            }

            if (place.Feature.Encoding is CrossEncoding cross)
            {
                EmitCross(place, cross);
            }
            else
            {
                EmitMember(group, place, _text.Member(group, place));
            }
        }
    }

    /// <summary>Writes the tables of levels whose case does not count.</summary>
    public void EmitTables()
    {
        for (int group = 0; group < rows.Places.Count; group++)
        {
            if (Inner(rows.Places[group].Feature.Encoding) is CategoryEncoding { IgnoresCase: true } categories)
            {
                IEnumerable<string> pairs = categories.Names.Select(static (name, level) => $"new({Literal(name)}, {level})");
                string pair = "global::System.Collections.Generic.KeyValuePair<string, int>";
                writer.Write($$"""
                    // A class of its own: what is made by an initializer costs nothing until a row is encoded.
                    private static class {{ModelEncodingText.LevelsOf(group)}}
                    {
                        internal static readonly global::System.Collections.Frozen.FrozenDictionary<string, int> Indices =
                            global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
                                new {{pair}}[] { {{string.Join(", ", pairs)}} }, global::System.StringComparer.OrdinalIgnoreCase);
                    }

                    """);
            }
        }
    }

    private static Encoding Inner(Encoding encoding) => encoding is OptionalEncoding optional ? optional.Value : encoding;

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.Any(static unit => unit is '.' or 'E')
        ? text
        : text + ".0";

    private static string Edges(EquatableArray<double> edges) =>
        $"new {Names.ReadOnlySpan("double")}(new double[] {{ {string.Join(", ", edges.Select(Number))} }})";

    // The columns of a feature: its first and, where there are more, its last.
    private string Comment(FeaturePlace place)
    {
        int last = place.FirstColumn + place.Feature.Encoding.Columns - 1;
        string names = CommentText.OneLine(plan.Model.FeatureNames[place.FirstColumn]);
        return last == place.FirstColumn ? names : $"{names} to {CommentText.OneLine(plan.Model.FeatureNames[last])}";
    }

    private void EmitMember(int group, FeaturePlace place, string member)
    {
        if (place.Feature.Encoding is OptionalEncoding optional)
        {
            EmitOptional(group, place, optional, member);
        }
        else if (place.Feature.Encoding is NumberEncoding)
        {
            EmitValue(group, place, place.Feature.Encoding, member);
        }
        else
        {
            // Read once: what is checked is what is used, whatever a getter answers the next time.
            writer.Write($"var value{group} = {member};");
            EmitValue(group, place, place.Feature.Encoding, $"value{group}");
        }
    }

    private void EmitOptional(int group, FeaturePlace place, OptionalEncoding optional, string member)
    {
        string value = $"value{group}";
        string pattern = optional.Test.IsNullableValue || optional.Test.IsReference ? "{ }" : "var";
        string number = optional.Test.IsNaN ? $" && !double.IsNaN((double){value})" : "";
        bool hasFlag = optional.Lookups == 0;
        int flag = optional.FixedColumns.Count - 1;
        writer.Open($"if ({member} is {pattern} {value}{number})");
        EmitValue(group, place, optional.Value, value);
        if (hasFlag)
        {
            writer.Write(Fixed(place, flag, "0"));
        }

        writer.Close();
        writer.Open("else");
        for (int i = 0; i < optional.Value.FixedColumns.Count; i++)
        {
            writer.Write(Fixed(place, i, "0"));
        }

        writer.Write(hasFlag ? Fixed(place, flag, "1") : Lookup(place, 0, Column(place, optional.Value.Columns), "1"));
        writer.Close();
        writer.BlankLine();
    }

    private void EmitValue(int group, FeaturePlace place, Encoding encoding, string value)
    {
        switch (encoding)
        {
            case NumberEncoding number:
                writer.Write(Fixed(place, 0, number.IsBoolean ? $"{value} ? 1 : 0" : $"({plan.Scalar}){value}"));
                break;
            case KnotEncoding knots:
                writer.Write(Fixed(place, 0, $"({plan.Scalar}){value}"));
                for (int i = 0; i < knots.Knots.Count; i++)
                {
                    writer.Write(Fixed(place, i + 1, $"({plan.Scalar})global::System.Math.Max(0.0, (double){value} - {Operand(knots.Knots[i])})"));
                }

                break;
            case FlagsEncoding flags:
                EmitFlags(group, place, flags, value);
                break;
            case LevelEncoding levels:
                EmitLevel(group, place, levels, value);
                break;
            case HashedEncoding hashed:
                EmitHash(group, place, hashed, value);
                break;
            case VectorEncoding vector:
                EmitVector(group, place, vector, value);
                break;
        }
    }

    private static string Operand(double number) => number < 0 ? $"({Number(number)})" : Number(number);

    private void EmitFlags(int group, FeaturePlace place, FlagsEncoding flags, string value)
    {
        string bits = $"bits{group}";
        writer.Write($"ulong {bits} = unchecked((ulong){value});");
        if (!flags.IgnoresUnknown)
        {
            ulong known = flags.Bits.Aggregate(0UL, static (sum, bit) => sum | bit);
            writer.Block($"if (({bits} & ~{Hexadecimal(known)}) != 0)", _text.Unknown(group, value));
            writer.BlankLine();
        }

        for (int i = 0; i < flags.Columns; i++)
        {
            writer.Write(Fixed(place, i, $"({bits} & {Hexadecimal(flags.Bits[i])}) != 0 ? 1 : 0"));
        }
    }

    private static string Hexadecimal(ulong bits) => $"0x{bits.ToString("X", CultureInfo.InvariantCulture)}UL";

    // The baseline, and an unknown value that is ignored, have the value 0 in some column of the member.
    private void EmitLevel(int group, FeaturePlace place, LevelEncoding levels, string value)
    {
        string level = $"level{group}";
        EmitLevelIndex(group, levels, value, level);
        bool ignores = levels is EnumEncoding { IgnoresUnknown: true } or CategoryEncoding { IgnoresUnknown: true };
        if (!ignores)
        {
            // The index of a counted value needs no search, and is out of range where the value is unknown.
            string isUnknown = levels is EnumEncoding { IsCounted: true } ? $"unchecked((uint){level}) >= {levels.Names.Count}" : $"{level} < 0";
            writer.Block($"if ({isUnknown})", _text.Unknown(group, value));
            writer.BlankLine();
        }

        string column = levels.Baseline < 0 ? level : levels.Baseline == 0 ? $"{level} - 1" : $"{level} - ({level} > {levels.Baseline} ? 1 : 0)";
        string[] none = [.. ignores ? new[] { $"{level} < 0" } : [], .. levels.Baseline >= 0 ? new[] { $"{level} == {levels.Baseline}" } : []];
        if (none.Length == 0)
        {
            writer.Write(Lookup(place, 0, Column(place, column), "1"));
            return;
        }

        string condition = string.Join(" || ", none);
        writer.Write($"bool none{group} = {condition};");
        writer.Write(Lookup(place, 0, Column(place, $"(none{group} ? 0 : {column})"), $"none{group} ? 0 : 1"));
    }

    private void EmitLevelIndex(int group, LevelEncoding levels, string value, string level)
    {
        switch (levels)
        {
            case EnumEncoding { IsCounted: true } counted:
                // A value beyond the last may wrap around, and is out of range all the same.
                string index = counted.Values[0] == 0 ? $"(int){value}" : $"unchecked((int){value} - {OperandOf(counted.Values[0])})";
                writer.Write($"int {level} = {index};");
                if (counted.IgnoresUnknown)
                {
                    writer.Write($"{level} = unchecked((uint){level}) < {counted.Values.Count} ? {level} : -1;");
                }

                break;
            case EnumEncoding enumeration:
                IEnumerable<string> numbers = enumeration.Values.Select(static number => number.ToString(CultureInfo.InvariantCulture));
                EmitSwitch(level, $"({enumeration.Underlying}){value}", numbers);
                break;
            case CategoryEncoding { IgnoresCase: true } categories:
                EmitNullCheck(group, categories.IgnoresUnknown, value, isAlways: true);
                writer.Write($"int {level} = {_text.LevelIgnoringCase(group, value, categories.Names.Select(Literal))};");
                break;
            case CategoryEncoding categories:
                EmitNullCheck(group, categories.IgnoresUnknown, value, isAlways: false);
                EmitSwitch(level, value, categories.Names.Select(Literal));
                break;
            case BucketEncoding buckets:
                writer.Write($"int {level} = {_text.Helper("Bucket")}({Edges(buckets.Edges)}, (double){value});");
                break;
        }
    }

    private static string OperandOf(decimal number) => number < 0
        ? $"({number.ToString(CultureInfo.InvariantCulture)})"
        : number.ToString(CultureInfo.InvariantCulture);

    // Null is refused whatever is done about unknown values: a member that may be missing is declared so.
    private void EmitNullCheck(int group, bool ignoresUnknown, string value, bool isAlways)
    {
        if (isAlways || ignoresUnknown)
        {
            writer.Block($"if ({value} is null)", _text.Null(group));
            writer.BlankLine();
        }
    }

    private void EmitSwitch(string level, string value, IEnumerable<string> cases)
    {
        writer.Write($"int {level} = {value} switch");
        writer.Write("{");
        writer.Write(string.Join("\n", cases.Select(static (text, index) => $"    {text} => {index},").Append("    _ => -1,")));
        writer.Write("};");
    }

    private void EmitHash(int group, FeaturePlace place, HashedEncoding hashed, string value)
    {
        if (hashed.IsText)
        {
            EmitNullCheck(group, ignoresUnknown: false, value, isAlways: true);
        }

        string key = hashed.IsText ? value : $"unchecked((long){value})";
        writer.Write($"int column{group} = {_text.Helper("Hash")}({key}, {hashed.Count}, out int sign{group});");
        writer.Write(Lookup(place, 0, Column(place, $"column{group}"), $"sign{group}"));
    }

    private void EmitVector(int group, FeaturePlace place, VectorEncoding vector, string value)
    {
        if (vector.Source == VectorSource.Array)
        {
            EmitNullCheck(group, ignoresUnknown: false, value, isAlways: true);
        }

        string numbers = $"numbers{group}";
        string span = Names.ReadOnlySpan(vector.Element);
        switch (vector.Source)
        {
            case VectorSource.Memory:
                writer.Write($"{span} {numbers} = {value}.Span;");
                break;
            case VectorSource.InlineArray:
                writer.Write($"var vector{group} = {value};\n{span} {numbers} = vector{group};");
                break;
            default:
                writer.Write($"{span} {numbers} = {value};");
                break;
        }

        writer.Write(_text.CheckLength(group, $"{numbers}.Length", vector.Count));
        string number = $"({plan.Scalar}){numbers}[i]";
        writer.Block($"for (int i = 0; i < {vector.Count}; i++)", rows.HasLookups
            ? $"values[{place.FirstTerm} + i] = {number};"
            : $"features[{place.FirstColumn} + i] = {number};");
        writer.BlankLine();
    }

    // Each term of the one member by each of the other: the terms of known columns first, in the order of both.
    private void EmitCross(FeaturePlace place, CrossEncoding cross)
    {
        FeaturePlace left = rows.Places[cross.First];
        FeaturePlace right = rows.Places[cross.Second];
        int width = right.Feature.Encoding.Columns;
        int product = 0;
        int lookup = 0;
        foreach (Term a in Terms(left))
        {
            foreach (Term b in Terms(right))
            {
                string value = $"{a.Value} * {b.Value}";
                writer.Write(a.IsFixed && b.IsFixed
                    ? Fixed(place, product++, value)
                    : Lookup(place, lookup++, Column(place, a.Column == "0" ? b.Column : $"({a.Column} * {width}) + {b.Column}"), value));
            }
        }
    }

    private IEnumerable<Term> Terms(FeaturePlace place)
    {
        Encoding encoding = place.Feature.Encoding;
        int known = encoding.FixedColumns.Count;
        return encoding.FixedColumns
            .Select((column, index) => new Term(
                rows.HasLookups ? $"values[{place.FirstTerm + index}]" : $"features[{place.FirstColumn + column}]",
                column.ToString(CultureInfo.InvariantCulture),
                IsFixed: true))
            .Concat(Enumerable.Range(place.FirstTerm + known, encoding.Lookups)
                .Select(term => new Term($"values[{term}]", $"(columns[{term}] - {place.FirstColumn})", IsFixed: false)));
    }

    private string Fixed(FeaturePlace place, int index, string value)
    {
        int column = place.FirstColumn + place.Feature.Encoding.FixedColumns[index];
        return rows.HasLookups ? $"values[{place.FirstTerm + index}] = {value};" : $"features[{column}] = {value};";
    }

    private static string Lookup(FeaturePlace place, int index, string column, string value)
    {
        int term = place.FirstTerm + place.Feature.Encoding.FixedColumns.Count + index;
        return $"(columns[{term}], values[{term}]) = ({column}, {value});";
    }

    private static string Column(FeaturePlace place, int column) => (place.FirstColumn + column).ToString(CultureInfo.InvariantCulture);

    private static string Column(FeaturePlace place, string column) => place.FirstColumn == 0 ? column : $"{place.FirstColumn} + {column}";

    // A term in code: its value, its column counted from the first of its member, and whether the compiler knows the column.
    private sealed record Term(string Value, string Column, bool IsFixed);
}
