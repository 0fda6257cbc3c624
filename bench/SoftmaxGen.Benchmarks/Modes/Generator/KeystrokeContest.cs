using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Generator;

namespace SoftmaxGen.Benchmarks.Modes.Generator;

/// <summary>
/// A project in an editor: some models, each in a file of its own, and as many files without. What is timed is the generator driver alone: the edited
/// file is parsed, and what the compiler must know of it asked for, before the clock starts.
/// </summary>
internal sealed class KeystrokeContest
{
    // Enough for a median; the first run of a hundred models takes its time.
    private const int Rounds = 30;

    private readonly CSharpCompilation _compilation;
    private readonly GeneratorDriver _driver;
    private readonly GeneratorDriver _idleDriver;

    private KeystrokeContest(int models, int rowMembers)
    {
        _compilation = Project(models, rowMembers);
        _driver = CreateDriver().RunGenerators(_compilation);
        _idleDriver = CSharpGeneratorDriver.Create(new IdleGenerator()).RunGenerators(_compilation);
    }

    /// <summary>Measures a project.</summary>
    /// <param name="models">The number of models.</param>
    /// <param name="rowMembers">The number of features that each model's row type has as members; zero for models without row types.</param>
    /// <returns>The times.</returns>
    public static KeystrokeResult Run(int models, int rowMembers)
    {
        KeystrokeContest contest = new(models, rowMembers);
        RoundTimes firstRun = Time(contest.FreshCompilation, static compilation => CreateDriver().RunGenerators(compilation));
        Stopclock.WarmUp(
            () => contest.RunAgain(contest.EditOther(0)).GetRunResult().GeneratedTrees.Length,
            () => contest.RunIdle(contest.EditOther(0)).GetRunResult().GeneratedTrees.Length,
            () => contest.RunAgain(contest.EditAttribute(0)).GetRunResult().GeneratedTrees.Length);
        return new KeystrokeResult(
            models,
            rowMembers,
            firstRun,
            Time(contest.EditOther, contest.RunAgain),
            Time(contest.EditOther, contest.RunIdle),
            Time(round => contest.Edit("Other0.cs", "Number()", $"Number{round}()"), contest.RunAgain),
            Time(round => contest.Edit("Model0.cs", "\"model\"", $"\"model {round}\""), contest.RunAgain),
            Time(contest.EditAttribute, contest.RunAgain));
    }

    /// <summary>Times the first run of a process, the compilation of the generator and of the compiler by the JIT included.</summary>
    /// <param name="models">The number of models.</param>
    /// <returns>The time.</returns>
    public static TimeSpan RunCold(int models)
    {
        CSharpCompilation compilation = Project(models, rowMembers: 0);
        return Stopclock.Once(() => CreateDriver().RunGenerators(compilation));
    }

    private static RoundTimes Time(Func<int, Compilation> prepare, Func<Compilation, GeneratorDriver> run)
    {
        double[] times = new double[Rounds];
        for (int round = -3; round < Rounds; round++)
        {
            Compilation compilation = prepare(round + 3);
            TimeSpan elapsed = Stopclock.Once(() => run(compilation));
            if (round >= 0)
            {
                times[round] = elapsed.TotalNanoseconds;
            }
        }

        return RoundTimes.Of(times);
    }

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(new SoftmaxModelGenerator());

    private GeneratorDriver RunAgain(Compilation compilation) => _driver.RunGenerators(compilation);

    private GeneratorDriver RunIdle(Compilation compilation) => _idleDriver.RunGenerators(compilation);

    private CSharpCompilation EditOther(int round) => Edit("Other0.cs", "return 0;", $"return {round};");

    private CSharpCompilation EditAttribute(int round) =>
        Edit("Model0.cs", "MaxStackBytes = 65536", $"MaxStackBytes = {65600 + (8 * (round % 20))}");

    // Another compilation with the same text: nothing of the compiler's own work on the last one is left to profit from.
    private CSharpCompilation FreshCompilation(int round) => _compilation.WithAssemblyName(string.Create(CultureInfo.InvariantCulture, $"User{round}"));

    private static CSharpCompilation Project(int models, int rowMembers) => CSharpCompilation.Create(
        "User",
        Enumerable.Range(0, models).SelectMany(model => new[] { rowMembers == 0 ? ModelFile(model) : TypedFile(model, rowMembers), OtherFile(model) }),
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private CSharpCompilation Edit(string path, string old, string replacement)
    {
        SyntaxTree tree = _compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        SyntaxTree edited = tree.WithChangedText(SourceText.From(tree.ToString().Replace(old, replacement, StringComparison.Ordinal)));
        edited.GetRoot();
        return _compilation.ReplaceSyntaxTree(tree, edited);
    }

    private static SyntaxTree ModelFile(int model) => Parse($"Model{model}.cs", $$"""
        namespace Demo.Models;

        /// <summary>A model.</summary>
        [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, MaxStackBytes = 65536)]
        public sealed partial class Model{{model}}
        {
            public static string Name => "model";
        }
        """);

    private static SyntaxTree TypedFile(int model, int members) => Parse($"Model{model}.cs", $$"""
        using SoftmaxGen;

        namespace Demo.Models;

        public enum Kind{{model}} { First, Second, Third }

        public sealed class Row{{model}}
        {
        {{string.Join('\n', Enumerable.Range(0, members).Select(static member => $"    public double Member{member} {{ get; init; }}"))}}

            [Label]
            public Kind{{model}} Kind { get; init; }
        }

        /// <summary>A model.</summary>
        [SoftmaxModel<Kind{{model}}, Row{{model}}>(MaxStackBytes = 65536)]
        public sealed partial class Model{{model}}
        {
            public static string Name => "model";
        }
        """);

    private static SyntaxTree OtherFile(int number) => Parse($"Other{number}.cs", $$"""
        using System;

        namespace Demo.Others;

        [Obsolete("An attribute to look at.")]
        public sealed class Other{{number}}
        {
            public int Number()
            {
                return 0;
            }
        }
        """);

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, path: path);

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Append(typeof(SoftmaxModelAttribute).Assembly.Location)
        .Select(static path => MetadataReference.CreateFromFile(path));
}
