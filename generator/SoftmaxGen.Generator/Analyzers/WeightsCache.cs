using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Reading.Weights;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Reads weights files once for each text: in an editor the analysis runs at every key, and the files hardly ever change.</summary>
/// <param name="context">The compilation, which keeps what was read for the compilations after it.</param>
internal sealed class WeightsCache(CompilationStartAnalysisContext context)
{
    // Without its path: the same text may be two files.
    private static readonly SourceTextValueProvider<WeightsDocument> _documents = new(static text => WeightsReader.Read("", text, CancellationToken.None));

    /// <summary>Reads a file.</summary>
    public WeightsDocument Read(AdditionalText file, CancellationToken cancellationToken)
    {
        SourceText? text = file.GetText(cancellationToken);
        return text is not null && context.TryGetValue(text, _documents, out WeightsDocument? document)
            ? document with { Path = file.Path }
            : WeightsReader.Read(file.Path, text, cancellationToken);
    }
}
