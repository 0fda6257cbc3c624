using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Analyzers;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator;

/// <summary>
/// The branch of the pipeline that tells why a model is not generated, for builds that run no analyzers: <c>SoftmaxGen.targets</c> asks for it there. Elsewhere
/// <see cref="SoftmaxModelAnalyzer"/> tells the same, and better: its diagnostics can be suppressed in their place.
/// </summary>
internal static class DeclinedPipeline
{
    private const string Property = "build_property.SoftmaxGenReports";

    /// <summary>Decides whether a build asks for reports.</summary>
    /// <param name="options">The options of the build.</param>
    /// <param name="cancellationToken">Not asked: there is nothing to abandon.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAsked(AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken) =>
        options.GlobalOptions.TryGetValue(Property, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds the branch.</summary>
    /// <param name="context">The pipeline.</param>
    /// <param name="finder">Finds the models.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, ModelFinder finder)
    {
        IncrementalValuesProvider<Report> reports = context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider.Select(IsAsked))
            .SelectMany((pair, cancellationToken) => pair.Right ? finder.FindDeclined(pair.Left, Judge, cancellationToken) : [])
            .WithTrackingName(TrackingNames.Declined);

        context.RegisterSourceOutput(reports, static (output, report) => output.ReportDiagnostic(report.ToDiagnostic()));
    }

    private static IEnumerable<Report> Judge(
        INamedTypeSymbol type, AttributeData attribute, ModelDeclaration declaration, CancellationToken cancellationToken) =>
        ShapeRules.Check(declaration).Select(violation =>
        {
            Location place = violation.Locate(type, attribute, cancellationToken);
            FileLinePositionSpan lines = place.GetLineSpan();
            return new Report(type.Name, violation, lines.Path, place.SourceSpan, lines.Span);
        });

    /// <summary>A violation and its place, without the compiler's objects.</summary>
    private sealed record Report(string Model, Violation Violation, string Path, TextSpan Span, LinePositionSpan Lines)
    {
        public Diagnostic ToDiagnostic() => Violation.ToDiagnostic(Model, Location.Create(Path, Span, Lines));
    }
}
