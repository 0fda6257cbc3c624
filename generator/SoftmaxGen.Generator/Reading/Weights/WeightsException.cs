using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Ends the reading of a weights file; <see cref="WeightsReader"/> turns it into a <see cref="WeightsProblem"/>.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this folder.
internal sealed class WeightsException(DiagnosticDescriptor rule, int position, string message) : Exception(message)
{
    /// <summary>Gets the broken rule.</summary>
    public DiagnosticDescriptor Rule { get; } = rule;

    /// <summary>Gets the place in the text.</summary>
    public int Position { get; } = position;

    /// <summary>Makes an exception about a file that is not as specified.</summary>
    public static WeightsException Malformed(int position, string message) => new(DiagnosticDescriptors.WeightsMalformed, position, message);
}
