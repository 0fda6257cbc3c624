using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>What is wrong with a weights file, whatever model it is for.</summary>
/// <param name="Rule">The broken rule.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Position">The place in the text.</param>
/// <param name="Line">The line of the place, from 0.</param>
/// <param name="Column">The column of the place, from 0.</param>
internal sealed record WeightsProblem(DiagnosticDescriptor Rule, string Message, int Position, int Line, int Column)
{
    /// <summary>Puts the problem into words for the message of a diagnostic.</summary>
    public string Describe(string path) => string.Format(
        CultureInfo.InvariantCulture, "{0}, line {1}, column {2}: {3}", WeightsPath.FileName(path), Line + 1, Column + 1, Message);
}
