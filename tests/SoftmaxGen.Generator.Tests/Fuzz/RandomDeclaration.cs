namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>Writes declarations of models as nobody would: every way of nesting, naming and splitting them, with whatever arguments.</summary>
internal static class RandomDeclaration
{
    private static readonly string[] _names =
        ["Model", "model", "@class", "@record", "@partial", "Größe", "Δ", "\\u0041bc", "System", "SoftmaxGen", "Predict", "Weights", "T", "scores", "global",
            "_", "Vector512"];

    private static readonly string[] _namespaces =
        ["Demo", "Demo.Sub", "demo", "@namespace.@event", "System.Numerics", "SoftmaxGen.Sub", "Demo.System", "Ελλάς"];

    private static readonly string[] _kinds =
        ["class", "static class", "abstract class", "sealed class", "struct", "readonly struct", "ref struct", "record", "record class", "record struct",
            "interface", "file class"];

    private static readonly string[] _typeParameters = ["<T>", "<T, U>", "<@in>", "<System>", "<Weights>", "<__softmaxT>"];

    private static readonly string[] _integers =
        ["2", "3", "4", "7", "1", "0", "-1", "4096", "65536", "int.MaxValue", "int.MinValue", "1 + 2", "Limits.Three", "Limits.Missing", "sizeof(long)",
            "'\\u0003'", "(int)2.9",
            "checked(int.MaxValue + 1)", "nameof(System).Length", "default", "null", "\"three\"", "typeof(int)", "3L", "new[] { 3 }", "", "3 3", "("];

    private static readonly string[] _otherArguments =
        [
            "FirstLabel = 1", "FirstLabel = int.MaxValue", "FirstLabel = -5", "Precision = SoftmaxGen.SoftmaxPrecision.Single", "Precision = (SoftmaxGen.SoftmaxPrecision)3",
            "Precision = Undefined", "MaxStackBytes = 40000", "MaxStackBytes = 1", "ClassNames = new[] { \"a\", \"b\", \"c\" }", "ClassNames = new string[0]", "ClassNames = null",
            "FeatureNames = new[] { \"\\\"\", null, \"\\n\" }", "FeatureNames = [\"x\"]", "Colour = 3", "Labels = new[] { -1, 1, 7 }", "Labels = new[] { 0, 0L }", "Labels = [1, 2]", "3", "Classes = 3", "FirstLabel: 2",
        ];

    private static readonly string[] _members =
        [
            "public int Extra => 1;", "private int _field;", "static Model() { }", "public int Predict(string text) => text.Length;", "public int Weights;", "void Features() { }",
            "class Shape { }", "event System.Action? Train;", "public Model() { }", "private Model(int x) { }", "public required int Needed { get; init; }", "~Model() { }",
            "public int this[int i] => i;", "public static implicit operator int(Model m) => 1;", "partial void Hook();", "enum Classes { }", "const int SoftmaxKernels = 1;",
            "int __softmaxWeights;", "public override string ToString() => \"\";", "unsafe void Raw() { }", "public int = 3;", "}", "{", "int",
        ];

    private static readonly string[] _bases =
        [
            " : Bases.Plain", " : Bases.NeedsArgument", " : Bases.HasDefault", " : Bases.Hidden", " : Bases.Required", " : Bases.Generic<int>", " : Bases.SameNames", " : Bases.Abstract",
            " : Bases.Sealed", " : System.IDisposable", " : System.ICloneable, System.IComparable", " : Missing", " : ", " : Model", " : Bases.Modelled",
        ];

    private static readonly string[] _attributeNames =
        ["SoftmaxGen.SoftmaxModel", "global::SoftmaxGen.SoftmaxModel", "SoftmaxGen.SoftmaxModelAttribute", "M", "type: M"];

    /// <summary>What the declarations refer to. It has no models that could fail: every error comes from the declaration.</summary>
    public const string Surroundings = """
        internal static class Limits { public const int Three = 3; }
        public static partial class Bases
        {
            public class Plain { }
            public class NeedsArgument { public NeedsArgument(int x) { _ = x; } }
            public class HasDefault { protected HasDefault(int x = 1) { _ = x; } }
            public class Hidden { private Hidden() { } }
            public class Required { public required int Answer { get; init; } }
            public class Generic<T> { internal Generic() { } public T? Value; }
            public class SameNames { public const int Classes = 1; public int Predict(System.ReadOnlySpan<double> features) => features.Length; public virtual int Weights => 1; protected class SoftmaxKernels { } }
            public abstract class Abstract { protected abstract int Answer(); }
            public sealed class Sealed { }
            [SoftmaxGen.SoftmaxModel(Classes = 2, Features = 1)] public partial class Modelled { }
            public class Row { public double Inherited; public virtual int Virtual => 1; protected double Protected;
                [SoftmaxGen.Feature(Order = 2)] internal float Ordered { get; set; } }
        }
        """;

    /// <summary>Writes a file with one or two declarations.</summary>
    public static string Write(int seed)
    {
        Dice dice = new(seed);
        string text = WriteFile(dice);
        return dice.Chance(0.12) ? Spoil(dice, text) : text;
    }

    private static string WriteFile(Dice dice)
    {
        string usings = "using M = SoftmaxGen.SoftmaxModelAttribute;\n";
        string types = string.Join(
            "\n", Enumerable.Range(0, dice.Chance(0.2) ? 2 : 1).Select(_ => WriteNested(dice, dice.Chance(0.4) ? 1 + dice.Below(3) : 0)));
        return dice.Below(4) switch
        {
            0 => usings + types,
            1 => $"{usings}namespace {dice.Pick(_namespaces)};\n{types}",
            2 => $"{usings}namespace {dice.Pick(_namespaces)} {{ {types} }}",
            _ => $"{usings}namespace {dice.Pick(_namespaces)} {{ namespace {dice.Pick(_namespaces)} {{ {types} }} }}",
        };
    }

    private static string WriteNested(Dice dice, int depth)
    {
        if (depth == 0)
        {
            return WriteModel(dice);
        }

        string keyword = dice.Mostly(0.5, "class", _kinds);
        string declaration = dice.Chance(0.9) ? WithPartial(keyword) : keyword;
        string attribute = dice.Chance(0.05) ? WriteAttribute(dice) : "";
        return $"{attribute} {declaration} {dice.Mostly(0.6, $"Outer{depth}", _names)}{WriteTypeParameters(dice)} {{ {WriteNested(dice, depth - 1)} }}";
    }

    private static string WriteModel(Dice dice)
    {
        string name = dice.Mostly(0.5, "Model", _names);
        string parameters = WriteTypeParameters(dice);
        string keyword = dice.Mostly(0.8, dice.Pick(["class", "sealed class", "class"]), _kinds);
        string first = $"{WriteAttribute(dice)} {(dice.Chance(0.92) ? WithPartial(keyword) : keyword)} {name}{parameters}{WritePrimaryConstructor(dice)}{WriteBase(dice)} {WriteBody(dice)}";
        string second = dice.Chance(0.2)
            ? $"\n{(dice.Chance(0.3) ? WriteAttribute(dice) : "")} {(dice.Chance(0.9) ? "partial " : "")}class {name}{parameters} {WriteBody(dice)}"
            : "";
        return first + second;
    }

    // `partial` stands right before the word that says what is declared.
    private static string WithPartial(string keyword)
    {
        string word = keyword.Split(' ').First(static part => part is "class" or "struct" or "record" or "interface");
        int at = keyword.IndexOf(word, StringComparison.Ordinal);
        return keyword.Insert(at, "partial ");
    }

    private static string WriteAttribute(Dice dice)
    {
        List<string> arguments = [];
        if (dice.Chance(0.95))
        {
            arguments.Add($"Classes = {dice.Mostly(0.8, dice.Pick(["2", "3"]), _integers)}");
        }

        if (dice.Chance(0.95))
        {
            arguments.Add($"Features = {dice.Mostly(0.8, dice.Pick(["1", "2", "3"]), _integers)}");
        }

        if (dice.Chance(0.3))
        {
            arguments.Add(dice.Pick(_otherArguments));
        }

        string list = arguments.Count == 0 && dice.Chance(0.5) ? "" : $"({string.Join(", ", dice.Shuffle(arguments))})";
        return $"[{dice.Pick(_attributeNames)}{list}]";
    }

    private static string WriteTypeParameters(Dice dice) => dice.Chance(0.15) ? dice.Pick(_typeParameters) : "";

    private static string WritePrimaryConstructor(Dice dice) => dice.Chance(0.04) ? "(int x)" : "";

    private static string WriteBase(Dice dice) => dice.Chance(0.2) ? dice.Pick(_bases) : "";

    private static string WriteBody(Dice dice) => dice.Chance(0.65)
        ? "{ }"
        : $"{{ {string.Join(" ", Enumerable.Range(0, dice.Below(3)).Select(_ => dice.Pick(_members)))} }}";

    // As a file is while somebody types in it: a piece is missing, or stands twice.
    private static string Spoil(Dice dice, string text)
    {
        int start = dice.Below(text.Length);
        int length = Math.Min(dice.Below(12), text.Length - start);
        return dice.Below(3) switch
        {
            0 => text[..start],
            1 => text.Remove(start, length),
            _ => text.Insert(start, text.Substring(start, length)),
        };
    }
}
