using System.Globalization;

namespace SoftmaxGen.Compiler;

/// <summary>An error in the declaration of a model. Immutable.</summary>
/// <param name="Id">The diagnostic: <c>SMG</c> and four digits from the generator, <c>CS</c> and four digits from the compiler.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Line">The line in the source, from 1; 0 where the place is not in the source.</param>
/// <param name="Column">The column in the line, from 1; 0 where the place is not in the source.</param>
public sealed record CompilationProblem(string Id, string Message, int Line, int Column)
{
    /// <summary>Writes the place, the diagnostic and the message on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Line > 0 ? $"({Line},{Column}): " : "")}error {Id}: {Message}");
}
