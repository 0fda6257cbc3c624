using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds out whether generated code may use what is <c>[Obsolete(error: true)]</c>: the compiler's error CS0619, which no pragma silences.</summary>
internal static class ForbiddenReader
{
    /// <summary>The words for it.</summary>
    public const string Words = "is marked [Obsolete] as an error";

    /// <summary>Reads a member of a row type.</summary>
    /// <returns>Why the model must not, or nothing.</returns>
    // The compiler asks the declaration that others override.
    public static string Read(ISymbol member, INamedTypeSymbol model)
    {
        ISymbol original = MemberAttributes.Overridden(member).Last();
        return IsForbidden(original, model) || (original is IPropertySymbol { GetMethod: { } getter } && IsForbidden(getter, model))
            ? Words + "; mark it [Feature(Ignore = true)]"
            : "";
    }

    /// <summary>Decides whether a model must not mention a type or a member.</summary>
    /// <returns>Whether it must not. What is obsolete itself may use what is.</returns>
    public static bool IsForbidden(ISymbol symbol, INamedTypeSymbol model) =>
        symbol.GetAttributes().Any(static attribute => IsObsolete(attribute) && attribute.ConstructorArguments.Any(static argument => argument.Value is true))
        && !TypeSpecReader.EnclosingTypes(model).Append(model).Any(static level => level.GetAttributes().Any(IsObsolete));

    private static bool IsObsolete(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute";
}
