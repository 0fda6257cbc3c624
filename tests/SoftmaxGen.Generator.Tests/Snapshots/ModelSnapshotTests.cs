using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Snapshots;

/// <summary>
/// Ten models that between them show every form of generated code, each at one vector width: every change of the emitters shows here as a difference.
/// </summary>
public partial class ModelSnapshotTests
{
    // Shorter pieces of text say too little of where they come from.
    private const int ShortestPiece = 8;

    // One remark, where rows cannot be null and missing values are not refused.
    private const string NoRefusal = "RowPredictionMembersEmitter.Exception";

    private static readonly Dictionary<string, SnapshotModel> _models = new()
    {
        // What to read first. Short rows; a Hessian in one pass.
        ["Model_3x4"] = new(512, ["Model", "Model.Kernels", "Model.Kernels512"], Sources.WithArguments("Classes = 3, Features = 4")),

        // Rows as they stand; names of classes; missing values.
        ["Named_2x30"] = new(512, ["Model", "Model.Kernels", "Model.Kernels512"], Sources.WithArguments(
            "Classes = 2, Features = 30, Precision = SoftmaxGen.SoftmaxPrecision.Single, "
            + "ClassNames = new[] { \"no\", \"yes\" }, MissingValues = SoftmaxGen.MissingValues.Propagate")),

        // A row that fills no vector.
        ["Model_2x1"] = new(128, ["Model.Kernels128"], Sources.WithArguments("Classes = 2, Features = 1")),

        // A row that is summed in a loop; no weights yet.
        ["Optional_2x300"] = new(128, ["Model.Kernels128", "Model.Pretrained"], Sources.WithArguments(
            $"Classes = 2, Features = 300, Weights = \"{WeightsFiles.Name}\", WeightsOptional = true")),

        // A softmax in a loop; batches of rows as they stand; a Hessian of products.
        ["Model_10x7"] = new(256, ["Model.Kernels256"], Sources.WithArguments("Classes = 10, Features = 7")),

        // A softmax whose division is overlapped; scores of a row in memory; scratch from the array pool.
        ["Model_1000x784"] = new(512, ["Model.Kernels512"], Sources.WithArguments("Classes = 1000, Features = 784")),

        // Rows that are objects and their refusals; labels with gaps.
        ["Typed_3x9"] = new(512, ["Model", "Model.Rows"], """
            public enum Risk : byte { Low, Middle = 5, High = 9 }
            public class Client
            {
                public double Age, Visits, Orders, Returns, Calls, Balance, Limit, Debt;
                public float Income;
                [SoftmaxGen.Label] public Risk Risk;
            }
            [SoftmaxGen.SoftmaxModel<Risk, Client>] public partial class Model;
            """),

        // Members of every kind, of which predictions add up the terms; more than two classes.
        ["Encoded_3x43"] = new(256, ["Model", "Model.Rows", "Model.Kernels", "Model.Kernels256"], """
            #nullable enable
            public enum Risk { Low, Middle, High }
            public enum Contract { Monthly, OneYear, TwoYears }
            public enum Internet { None, Dsl = 5, Fiber = 9 }
            [System.Flags] public enum Services { None, Phone, Backup }
            [System.Runtime.CompilerServices.InlineArray(2)] public struct Pair { private float _first; }
            [SoftmaxGen.Cross("Contract", "Internet"), SoftmaxGen.Cross("Tenure", "Contract"), SoftmaxGen.Cross("Tenure", "Services")]
            public record Client(
                int Tenure,
                [SoftmaxGen.Feature(Missing = SoftmaxGen.MissingValue.NaN)] double? Income,
                [SoftmaxGen.Feature(Baseline = Contract.OneYear)] Contract Contract,
                [SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)] Internet? Internet,
                Services Services,
                [SoftmaxGen.Categories("DE", "FR")] string Country,
                [SoftmaxGen.Categories("web", "shop", IgnoreCase = true)] string? Channel,
                [SoftmaxGen.Buckets(18, 25)] double Age,
                [SoftmaxGen.Knots(-0.5)] float Usage,
                [SoftmaxGen.Hashed(4)] string User,
                [SoftmaxGen.Columns(2)] float[] Embedding,
                [SoftmaxGen.Columns(2)] System.ReadOnlyMemory<double> Signal,
                [SoftmaxGen.Columns(2)] Pair Position);
            [SoftmaxGen.SoftmaxModel<Risk, Client>] public partial class Model;
            """),

        // The same with two classes; a row that is loaded number by number.
        ["Encoded_2x12"] = new(128, ["Model.Rows", "Model.Kernels", "Model.Kernels128"], """
            public enum Churn { Stays, Leaves }
            public enum Mood { Bad = -1, Neutral, Good }
            public readonly record struct Client(double Income, System.DayOfWeek Day, [SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)] Mood Mood, bool IsSenior);
            [SoftmaxGen.SoftmaxModel<Churn, Client>] public partial class Model;
            """),

        // Baked weights, most of them zero.
        ["Sparse_10x65"] = new(512, ["Model", "Model.Pretrained"], Sources.WithArguments(
            $"Classes = 10, Features = 65, Precision = SoftmaxGen.SoftmaxPrecision.Single, Weights = \"{WeightsFiles.Name}\""))
        {
            Weights = SparseWeights(10, 65),
        },
    };

    /// <summary>Gets the models, each with the names of its files that are snapshots.</summary>
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach ((string name, string file) in _models.SelectMany(static model => model.Value.Files.Select(file => (model.Key, file))))
            {
                files.Add(name, file);
            }

            return files;
        }
    }

    /// <summary>Gets the models.</summary>
    internal static IEnumerable<SnapshotModel> Models => _models.Values;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_generated_file_is_the_accepted_one(string model, string file) =>
        Snapshot.AssertMatches(_models[model].Generate($"{file}.g.cs"), $"{model}.{file}");

    /// <summary>Where an emitter has a new form, a shape that has it belongs to the snapshots.</summary>
    [Fact]
    public void Every_method_of_an_emitter_shows_in_a_snapshot()
    {
        string snapshots = string.Concat(_models.SelectMany(static model => model.Value.Files.Select(file => Snapshot.Read($"{model.Key}.{file}"))));
        (string Method, string Piece)[] pieces = [.. Methods().SelectMany(static method => Pieces(method).Select(piece => (Name(method), piece))).Distinct()];

        // What only one method prints.
        IEnumerable<IGrouping<string, string>> own = pieces
            .GroupBy(static piece => piece.Piece, static piece => piece.Method)
            .Where(static piece => piece.Count() == 1)
            .GroupBy(static piece => piece.Single(), static piece => piece.Key)
            .Where(static method => method.Key != NoRefusal);

        Assert.True(own.Count() > 100);
        Assert.All(own, method => Assert.True(
            method.Any(piece => snapshots.Contains(piece, StringComparison.Ordinal)), $"{method.Key} prints none of: {string.Join(" | ", method)}"));
    }

    // Records and their like bring methods that print nothing; lambdas and local functions are made by the compiler, too, but have names in angle brackets.
    private static IEnumerable<MethodInfo> Methods() => typeof(SourceWriter).Assembly.GetTypes()
        .Where(static type => type.Namespace?.StartsWith(typeof(SourceWriter).Namespace!, StringComparison.Ordinal) == true)
        .SelectMany(static type => type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(static method => method.Name.StartsWith('<') || !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    // A lambda or a local function counts as the method it stands in.
    private static string Name(MethodInfo method)
    {
        Type type = method.DeclaringType!;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return $"{type.Name}.{Enclosing().Match(method.Name) switch { { Success: true } name => name.Groups[1].Value, _ => method.Name }}";
    }

    // The lines of the strings of a method, between their holes.
    private static IEnumerable<string> Pieces(MethodInfo method) => IlBody.Strings(method)
        .SelectMany(static text => Holes().Split(text))
        .Select(static piece => piece.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Trim())
        .Where(static piece => piece.Length >= ShortestPiece);

    // Every third feature has weights, the last one in the first class alone.
    private static TextFile SparseWeights(int classes, int features)
    {
        IEnumerable<string> rows = Enumerable.Range(0, classes).Select(j =>
            $"[{j}, {string.Join(", ", Enumerable.Range(1, features).Select(k => k % 3 == 0 && (k < features - 1 || j == 0) ? $"{j - k}.5" : "0"))}]");
        string numbers = string.Join(", ", Enumerable.Range(1, features).Select(static k => k.ToString(CultureInfo.InvariantCulture)));
        return WeightsFiles.File($$"""
            {
              "format": "softmaxgen-model", "version": 1, "classes": {{classes}}, "features": {{features}}, "precision": "single", "firstLabel": 0,
              "training": { "featureMeans": [{{numbers}}], "featureDeviations": [{{numbers}}] },
              "weights": [{{string.Join(", ", rows)}}], "checksum": "none"
            }
            """);
    }

    [GeneratedRegex(@"^<(\w+)>")]
    private static partial Regex Enclosing();

    [GeneratedRegex(@"\r?\n|(?<!\{)\{\d+(?:[,:][^{}]*)?\}(?!\})")]
    private static partial Regex Holes();
}
