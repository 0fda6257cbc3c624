using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds the place in the source where a violation is to be mended.</summary>
internal static class ViolationLocation
{
    /// <summary>Finds the place of a violation.</summary>
    /// <param name="violation">The violation.</param>
    /// <param name="type">The model.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>The argument of the attribute, the member, or else the identifier of the type.</returns>
    public static Location Find(Violation violation, INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellationToken)
    {
        AttributeSyntax syntax = Syntax(attribute, cancellationToken);
        return violation.Kind switch
        {
            ViolationKind.ClassesOutOfRange => Argument(syntax, "Classes"),
            ViolationKind.FeaturesOutOfRange or ViolationKind.TooManyParameters => Argument(syntax, "Features"),
            ViolationKind.LabelsOverflow => Argument(syntax, "FirstLabel"),
            ViolationKind.UndefinedPrecision => Argument(syntax, "Precision"),
            ViolationKind.StackBytesOutOfRange => Argument(syntax, "MaxStackBytes"),
            ViolationKind.UndefinedMissingValues => Argument(syntax, "MissingValues"),
            ViolationKind.InvalidName when !HasArgument(syntax, violation.Subject) => TypeArgument(syntax, violation.Subject == "ClassNames" ? 0 : 1),
            ViolationKind.WrongNumberOfNames or ViolationKind.InvalidName or ViolationKind.NamesFromType or ViolationKind.ContradictedByType
                or ViolationKind.InvalidLabels =>
                Argument(syntax, violation.Subject),
            ViolationKind.FlagsEnum or ViolationKind.EnumAlias or ViolationKind.EnumValueTooLarge => TypeArgument(syntax, 0),
            ViolationKind.TypeOutOfReach => IndexOfType(attribute, violation.Subject) is var index and >= 0 ? TypeArgument(syntax, index) : Identifier(type, syntax),
            ViolationKind.UnsupportedRow or ViolationKind.UnfitFeature or ViolationKind.AmbiguousOrder or ViolationKind.UnfitLabel => TypeArgument(syntax, 1),
            ViolationKind.MalformedFingerprint => Argument(syntax, "AcceptFingerprint"),
            ViolationKind.ReservedMember or ViolationKind.RequiredMember => Member(type, violation.Subject) ?? Identifier(type, syntax),
            ViolationKind.InstanceConstructor => Member(type, WellKnownMemberNames.InstanceConstructorName) ?? Identifier(type, syntax),
            _ => Identifier(type, syntax),
        };
    }

    /// <summary>Finds the place of an argument.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The name of the argument.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>The argument, or the attribute as a whole when it leaves the argument to its default.</returns>
    public static Location Argument(AttributeData attribute, string name, CancellationToken cancellationToken) =>
        Argument(Syntax(attribute, cancellationToken), name);

    /// <summary>Finds the place of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>The attribute as a whole.</returns>
    public static Location Whole(AttributeData attribute, CancellationToken cancellationToken) => Syntax(attribute, cancellationToken).GetLocation();

    /// <summary>Finds the place of the first type argument.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>The type, or the attribute as a whole where it does not show it.</returns>
    public static Location FirstType(AttributeData attribute, CancellationToken cancellationToken) => TypeArgument(Syntax(attribute, cancellationToken), 0);

    private static AttributeSyntax Syntax(AttributeData attribute, CancellationToken cancellationToken) =>
        (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellationToken);

    private static bool HasArgument(AttributeSyntax attribute, string name) => FindArgument(attribute, name) is not null;

    // A missing argument is missing from the attribute as a whole.
    private static Location Argument(AttributeSyntax attribute, string name) => (FindArgument(attribute, name) ?? (SyntaxNode)attribute).GetLocation();

    private static AttributeArgumentSyntax? FindArgument(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    // Named through an alias, the attribute does not show its type arguments.
    private static Location TypeArgument(AttributeSyntax attribute, int index) =>
        (attribute.Name.DescendantNodesAndSelf().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.Arguments[index] ?? (SyntaxNode)attribute).GetLocation();

    private static int IndexOfType(AttributeData attribute, string name) =>
        Array.FindIndex([.. attribute.AttributeClass!.TypeArguments], type => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) == name);

    private static Location? Member(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).FirstOrDefault(static member => !member.IsImplicitlyDeclared)?.Locations[0];

    // Of a type in several parts, the part that bears the attribute.
    private static Location Identifier(INamedTypeSymbol type, AttributeSyntax attribute) =>
        type.Locations.First(location =>
            location.SourceTree == attribute.SyntaxTree && attribute.Parent!.Parent!.Span.Contains(location.SourceSpan));
}
