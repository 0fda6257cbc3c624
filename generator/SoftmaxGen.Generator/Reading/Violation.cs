using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>One broken rule.</summary>
/// <param name="Rule">The rule, a diagnostic of <see cref="DiagnosticDescriptors.OfDeclarations"/>.</param>
/// <param name="Subject">What broke it, in words for the message; what the words say depends on the rule.</param>
/// <param name="Detail">How it broke the rule, where that has more than one answer.</param>
internal sealed record Violation(DiagnosticDescriptor Rule, string Subject = "", string Detail = "")
{
    /// <summary>The property of a diagnostic that holds the subject, for code fixes.</summary>
    public const string SubjectProperty = "Subject";

    /// <summary>Finds the place in the source where the violation is to be mended.</summary>
    /// <returns>The place that the table of diagnostics has for the rule.</returns>
    public Location Locate(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellationToken) => DiagnosticDescriptors.PlaceOf(Rule)(
        type, attribute, (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellationToken), Subject);

    /// <summary>Makes the diagnostic.</summary>
    public Diagnostic ToDiagnostic(string model, Location location) => Diagnostic.Create(
        Rule, location, ImmutableDictionary<string, string?>.Empty.Add(SubjectProperty, Subject), model, Subject, Detail);
}
