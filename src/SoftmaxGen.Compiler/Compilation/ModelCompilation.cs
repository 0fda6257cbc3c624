using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>From the source of a declaration to an assembly: the generator and the compiler, in this process.</summary>
internal static class ModelCompilation
{
    /// <summary>The generated code needs C# 13 and is written for it; comments are not read.</summary>
    private static readonly CSharpParseOptions _parseOptions = new(LanguageVersion.CSharp13, DocumentationMode.None);

    private static readonly CSharpCompilationOptions _options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true,
        warningLevel: 0);

    /// <summary>Compiles.</summary>
    /// <param name="sources">The source; the first is the caller's.</param>
    /// <param name="vectorBits">The widest vectors of the machine: there are kernels for no others.</param>
    /// <param name="cancellationToken">Abandons the compilation.</param>
    /// <exception cref="ModelCompilationException">It cannot be compiled.</exception>
    public static byte[] Run(string[] sources, int vectorBits, CancellationToken cancellationToken)
    {
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source, _parseOptions, cancellationToken: cancellationToken))];
        CSharpCompilation declared = CSharpCompilation.Create("SoftmaxGen.Compiled", trees, References.All, _options);
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([new SoftmaxModelGenerator(vectorBits).AsSourceGenerator()], parseOptions: _parseOptions, optionsProvider: BuildProperties.Instance)
            .RunGeneratorsAndUpdateCompilation(
                declared, out Microsoft.CodeAnalysis.Compilation compilation, out ImmutableArray<Diagnostic> reports, cancellationToken);
        if (driver.GetRunResult().Results[0].Exception is { } failure)
        {
            throw new ModelCompilationException($"The generator failed: {failure.Message}", failure);
        }

        Refuse(reports, trees[0]);
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, cancellationToken: cancellationToken);
        Refuse(result.Diagnostics, trees[0]);
        return image.ToArray();
    }

    private static void Refuse(ImmutableArray<Diagnostic> diagnostics, SyntaxTree source)
    {
        CompilationProblem[] problems =
        [
            .. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => Describe(diagnostic, source))
                .OrderBy(static problem => (problem.Line, problem.Column)),
        ];
        if (problems.Length > 0)
        {
            throw new ModelCompilationException(problems);
        }
    }

    // What the generator reports has a place in a file without a name, too, but no syntax.
    private static CompilationProblem Describe(Diagnostic diagnostic, SyntaxTree source)
    {
        bool isInSource = diagnostic.Location.SourceTree == source || diagnostic.Location.Kind == LocationKind.ExternalFile;
        LinePosition place = diagnostic.Location.GetLineSpan().StartLinePosition;
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return isInSource
            ? new CompilationProblem(diagnostic.Id, message, place.Line + 1, place.Character + 1)
            : new CompilationProblem(diagnostic.Id, message, 0, 0);
    }
}
