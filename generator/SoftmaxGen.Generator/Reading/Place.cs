using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds the place in the source where a violation is to be mended.</summary>
/// <param name="type">The model.</param>
/// <param name="attribute">Its attribute.</param>
/// <param name="syntax">The attribute as it is written.</param>
/// <param name="subject">What broke the rule.</param>
internal delegate Location Place(INamedTypeSymbol type, AttributeData attribute, AttributeSyntax syntax, string subject);
