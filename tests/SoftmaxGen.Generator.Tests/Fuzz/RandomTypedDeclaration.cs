namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>Writes declarations of models that name an enum and mostly a type of rows, with whatever values, members and attributes these have.</summary>
internal static class RandomTypedDeclaration
{
    private static readonly string[] _names = ["kind", "@enum", "Größe", "\\u0041bc", "System", "SoftmaxGen", "Label", "Classes", "T", "Model", "Single"];

    private static readonly string[] _modifiers =
        [
            "public ", "internal ", "private ", "file ", "protected ", "protected internal ", "private protected ", "static ",
        ];

    private static readonly string[] _underlying =
        [
            " : byte", " : sbyte", " : short", " : ushort", " : uint", " : long", " : ulong", " : System.Int64", " : char", " : Missing",
        ];

    private static readonly string[] _enumMembers =
        [
            "A", "B", "C", "@class", "@default", "Größe", "Predict", "None", "value", "\\u0041z", "ToString", "global",
        ];

    private static readonly string[] _values =
        [
            "0", "1", "2", "3", "7", "-1", "0x10", "1 << 3", "255", "256", "int.MaxValue", "int.MinValue", "long.MaxValue", "A", "A + 1", "A | B", "'b'",
            "Limits.Three", "Limits.Missing", "1.5", "",
        ];

    private static readonly string[] _memberAttributes =
        [
            "[SoftmaxGen.NotAClass] ", "[SoftmaxGen.ClassName(\"high risk\")] ", "[SoftmaxGen.ClassName(\" \")] ", "[SoftmaxGen.ClassName(null)] ",
            "[SoftmaxGen.ClassName(Limits.Missing)] ", "[System.ComponentModel.Description(\"\\n*/\")] ", "[System.ComponentModel.Description] ", "[Missing] ",
        ];

    private static readonly string[] _rowKinds =
        [
            "class", "sealed class", "abstract class", "partial class", "static class", "struct", "readonly struct", "ref struct", "record",
            "record struct", "readonly record struct", "interface",
        ];

    private static readonly string[] _numbers = ["double", "float", "int", "bool", "long", "decimal", "System.Half", "nint", "byte", "ulong"];

    private static readonly string[] _otherTypes =
        [
            "double?", "bool?", "string", "string?", "object", "dynamic", "char", "System.DateTime", "System.Int128", "double[]", "T", "Missing",
            "System.DayOfWeek", "Row", "(int, int)", "int*",
        ];

    private static readonly string[] _rowMembers =
        [
            "X", "Y", "Z", "x", "@event", "@in", "Größe", "Features", "Weights", "Predict", "Item", "row", "features", "Inherited", "_", "ToString",
        ];

    private static readonly string[] _features =
        [
            "[SoftmaxGen.Feature(Ignore = true)]", "[SoftmaxGen.Feature(Order = 1)]", "[SoftmaxGen.Feature(Order = 2)]", "[SoftmaxGen.Feature(Order = -3)]",
            "[SoftmaxGen.Feature]",
            "[SoftmaxGen.Feature(Ignore = true, Order = 1)]", "[SoftmaxGen.Feature(Order = int.MinValue)]", "[SoftmaxGen.Feature(Order = \"1\")]",
            "[SoftmaxGen.Feature(Name = \"length (cm)\")]", "[SoftmaxGen.Feature(Name = null)]", "[SoftmaxGen.Feature(Name = \"\")]",
            "[System.ComponentModel.Description(\"what it is\")]",
            "[SoftmaxGen.Label]",
            "[SoftmaxGen.Label, SoftmaxGen.Feature(Order = 1)]", "[System.Obsolete]",
        ];

    // How a member becomes columns, with types that it mostly fits.
    private static readonly (string Attributes, string[] Types)[] _encodings =
        [
            ("[SoftmaxGen.Categories(\"a\", \"b\", \"\\\"{}\\n\")]", ["string", "string?", "string?", "char"]),
            ("[SoftmaxGen.Categories(\"a\", \"B\", IgnoreCase = true), SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)]", ["string", "string?", "object"]),
            ("[SoftmaxGen.Categories(\"a\", \"b\"), SoftmaxGen.Feature(Baseline = \"b\")]", ["string", "string?", "int"]),
            ("[SoftmaxGen.Categories(Limits.Missing)]", ["string"]),
            ("[SoftmaxGen.Categories(null)]", ["string"]),
            ("[SoftmaxGen.Buckets(-1.5, 0, 1e300)]", ["double", "double?", "byte", "decimal?", "System.Half", "ulong", "bool", "nint"]),
            ("[SoftmaxGen.Buckets(1, 2), SoftmaxGen.Feature(Baseline = 1.5f, Missing = SoftmaxGen.MissingValue.NaN)]", ["double", "float?", "System.Half?", "int"]),
            ("[SoftmaxGen.Buckets(2, 1)]", ["double"]),
            ("[SoftmaxGen.Knots(0)]", ["double", "int?", "sbyte", "decimal", "string"]),
            ("[SoftmaxGen.Hashed(3)]", ["string", "string?", "int", "ulong?", "nuint", "System.Guid"]),
            ("[SoftmaxGen.Hashed(Limits.Three)]", ["long"]),
            ("[SoftmaxGen.Columns(2)]", ["double[]", "float[]?", "System.ReadOnlyMemory<int>", "System.Memory<byte>?", "string[]", "double[,]"]),
            ("[SoftmaxGen.Feature(Missing = SoftmaxGen.MissingValue.NaN)]", ["double", "float?", "System.Half", "int"]),
            ("[SoftmaxGen.Feature(Baseline = System.DayOfWeek.Friday)]", ["System.DayOfWeek", "System.DayOfWeek?", "System.ConsoleColor"]),
            ("[SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)]", ["System.DayOfWeek", "System.ConsoleModifiers?", "double"]),
            ("", ["double?", "bool?", "decimal?", "System.DayOfWeek", "System.IO.FileShare", "System.DayOfWeek?", "System.DateTime", "System.TimeSpan?"]),
        ];

    private static readonly string[] _rowBases =
        [
            " : Bases.Row", " : Bases.Row", " : Bases.Plain", " : Bases.NeedsArgument", " : Missing", " : System.ICloneable",
        ];

    /// <summary>Writes a file with a model and its types.</summary>
    public static string Write(int seed)
    {
        Dice dice = new(seed);
        bool isNested = dice.Chance(0.4);
        string modifier = isNested
            ? dice.Pick(["", "public ", "internal ", "private ", "protected ", "protected internal "])
            : dice.Pick(["", "", "internal ", "public ", "file "]);
        (string beside, string inside) = ("", "");
        string labels = dice.Mostly(0.9, "Kind", _names);
        string arguments = Place(WriteEnum(dice, modifier, labels), labels);
        bool hasRow = dice.Chance(0.7);
        if (hasRow)
        {
            string row = dice.Mostly(0.9, "Row", _names);
            string parameter = dice.Chance(0.05) ? "<T>" : "";
            string reference = parameter.Length == 0 ? row : $"{row}<{dice.Mostly(0.9, "int", _otherTypes)}>";
            arguments += ", " + Place(WriteRow(dice, modifier, row + parameter, arguments), reference);
        }

        string settings = hasRow
            ? dice.Mostly(0.9, "", ["(Features = 2)", "(Classes = 3)"])
            : dice.Mostly(0.95, "(Features = 2)", ["", "(Features = 2, Classes = 3)"]);
        string types = dice.Mostly(0.97, arguments, ["", "int", "System.Enum", "System.Net.HttpStatusCode", "System.Net.Sockets.SocketType"]);
        string model = $"{beside}[SoftmaxGen.SoftmaxModel<{types}>{settings}] {modifier}partial class Model {{ {inside}}}";
        string outer = isNested ? $"{dice.Pick(["", "public ", "internal "])}partial class Outer {{ {model} }}" : model;
        return dice.Chance(0.5) ? outer : $"namespace {dice.Pick(["Demo", "Demo.System", "SoftmaxGen.Sub", "Kind", "@namespace.@event"])};\n{outer}";

        string Place(string declaration, string name)
        {
            if (dice.Chance(0.15))
            {
                inside += declaration;
                return $"Model.{name}";
            }

            beside += declaration;
            return name;
        }
    }

    private static string WriteEnum(Dice dice, string modifier, string name)
    {
        IEnumerable<string> members = dice.Shuffle(_enumMembers)
            .Take(dice.Chance(0.95) ? 2 + dice.Below(3) : dice.Below(2))
            .Select(member => dice.Chance(0.9) ? member : $"{member} = {dice.Pick(_values)}")
            .Select(member => dice.Mostly(0.85, "", _memberAttributes) + member);
        string flags = dice.Chance(0.04) ? "[System.Flags] " : "";
        string head = $"{flags}{dice.Mostly(0.9, modifier, _modifiers)}enum {name}{dice.Mostly(0.6, "", _underlying)}";
        return $"{head} {{ {string.Join(", ", members)}{(dice.Chance(0.2) ? "," : "")} }}\n";
    }

    private static string WriteRow(Dice dice, string modifier, string name, string labels)
    {
        string kind = dice.Mostly(0.8, dice.Pick(["class", "struct", "record"]), _rowKinds);
        string[] members = dice.Shuffle(_rowMembers)[..(1 + dice.Below(4))];
        bool isPositional = kind.Contains("record", StringComparison.Ordinal) && dice.Chance(0.6);
        string parameters = isPositional ? $"({string.Join(", ", members.Select(member => WriteParameter(dice, member, labels)))})" : "";
        string body = isPositional ? "" : string.Join(" ", members.Select(member => WriteMember(dice, member, labels)));
        string cross = dice.Chance(0.1) && members.Length > 1 ? $"[SoftmaxGen.Cross(\"{members[0]}\", \"{dice.Pick(members)}\")] " : "";
        return $"{cross}{dice.Mostly(0.9, modifier, _modifiers)}{kind} {name}{parameters}{dice.Mostly(0.93, "", _rowBases)} {{ {body} }}\n";
    }

    private static string WriteParameter(Dice dice, string name, string labels)
    {
        (string attribute, string type) = DrawRole(dice, labels);
        return $"{(dice.Chance(0.5) ? attribute : attribute.Replace("[", "[property: ", StringComparison.Ordinal))}{type} {name}";
    }

    private static string WriteMember(Dice dice, string name, string labels)
    {
        (string attribute, string type) = DrawRole(dice, labels);
        string[] modifiers = ["", .. _modifiers, "public required ", "public static ", "public virtual ", "public new ", "public volatile "];
        string modifier = dice.Mostly(0.9, "public ", modifiers);
        string rest = dice.Mostly(0.6, ";", [" { get; set; }", " { get; init; }", " { get; }", " { private get; set; }", " { set { } }", " => default!;"]);
        return $"{attribute}{modifier}{type} {name}{rest}";
    }

    // A feature, mostly; now and then the label, and what is neither unless it is ignored.
    private static (string Attribute, string Type) DrawRole(Dice dice, string labels) => dice.Below(30) switch
    {
        0 or 1 => ("[SoftmaxGen.Label] ", dice.Mostly(0.7, labels, ["int", "long", $"{labels}?", "string"])),
        2 => ("[SoftmaxGen.Feature(Ignore = true)] ", dice.Pick([.. _otherTypes, labels])),
        3 => ("", dice.Pick([.. _otherTypes, labels])),
        4 or 5 => (dice.Pick(_features) + " ", dice.Pick(_numbers)),
        >= 6 and < 16 => DrawEncoding(dice),
        _ => ("", dice.Pick(_numbers)),
    };

    private static (string Attribute, string Type) DrawEncoding(Dice dice)
    {
        (string attributes, string[] types) = dice.Pick(_encodings);
        return (attributes.Length == 0 ? "" : attributes + " ", dice.Pick(types));
    }
}
