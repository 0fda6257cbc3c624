using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Reading.Weights;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Tells why a model's weights cannot be baked in: at the attribute, or in the weights file where that is to be mended.</summary>
/// <param name="read">Reads a weights file, or remembers that it did.</param>
internal sealed class WeightsReport(Func<AdditionalText, CancellationToken, WeightsDocument> read)
{
    /// <summary>Reports a model whose weights cannot be baked in; does nothing for any other.</summary>
    public void Report(SymbolAnalysisContext context, ModelSpec model, AttributeData attribute)
    {
        if (model.Weights is not { } name)
        {
            return;
        }

        IEnumerable<WeightsDocument> documents = context.Options.AdditionalFiles
            .Where(file => WeightsPath.IsNamed(file.Path, name))
            .Select(file => read(file, context.CancellationToken));
        WeightsVerdict verdict = WeightsRules.Judge(model, documents);
        if (verdict.Violation is { } violation)
        {
            Location location = Place(verdict) ?? violation.Locate((INamedTypeSymbol)context.Symbol, attribute, context.CancellationToken);
            context.ReportDiagnostic(violation.ToDiagnostic(context.Symbol.Name, location));
        }
    }

    /// <summary>Finds the place in a weights file where a problem is to be mended.</summary>
    /// <returns>The place, or null where the problem is not in the file.</returns>
    public static Location? Place(WeightsVerdict verdict) =>
        verdict.Document is { Problem: { } problem } document ? Place(document.Path, problem) : null;

    private static Location Place(string path, WeightsProblem problem)
    {
        var place = new LinePosition(problem.Line, problem.Column);
        return Location.Create(path, new TextSpan(problem.Position, 0), new LinePositionSpan(place, place));
    }
}
