using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds the attribute on a type and reads its arguments.</summary>
internal static class ModelAttribute
{
    /// <summary>
    /// Finds the attribute that makes a type a model. A second one, on the same part or another, is the compiler's error CS0579; the
    /// first in source order then stands for all, so that the type is neither generated nor reported twice.
    /// </summary>
    /// <returns>The attribute, or null when the type bears none.</returns>
    public static AttributeData? Find(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(IsModelAttribute);

    /// <summary>Decides whether a type bears two forms of the attribute, which the compiler does not mind.</summary>
    public static bool HasSeveralForms(INamedTypeSymbol type) =>
        type.GetAttributes().Where(IsModelAttribute).Select(static attribute => attribute.AttributeClass!.Arity).Distinct().Count() > 1;

    /// <summary>Reads the numbers of the attribute.</summary>
    /// <returns>The numbers, or null while the attribute does not compile: the compiler has reported that already.</returns>
    public static DeclaredShape? ReadShape(AttributeData attribute)
    {
        ImmutableArray<KeyValuePair<string, TypedConstant>> arguments = attribute.NamedArguments;
        if (attribute.AttributeConstructor is null || arguments.Any(static argument => argument.Value.Kind == TypedConstantKind.Error))
        {
            return null;
        }

        return new DeclaredShape(
            Read("Classes"),
            Read("Features"),
            Read("FirstLabel"),
            Read("Precision") ?? 0,
            Read("MaxStackBytes") ?? AttributeDefaults.MaxStackBytes,
            ReadNames("ClassNames"),
            ReadNames("FeatureNames"))
        {
            Labels = Argument("Labels") is { Kind: TypedConstantKind.Array, IsNull: false } labels
                ? labels.Values.Select(static value => value.Value as int? ?? 0).ToEquatableArray()
                : default,
            MissingValues = Read("MissingValues") ?? 0,
            AcceptedFingerprints = ReadList("AcceptFingerprint"),
            Weights = Argument("Weights").Value as string,
            WeightsAreOptional = Argument("WeightsOptional").Value is true,
        };

        TypedConstant Argument(string name) => arguments.FirstOrDefault(argument => argument.Key == name).Value;

        int? Read(string name) => Argument(name).Value as int?;

        // A null among the names is kept as the empty name it is as good as; the rules refuse both.
        EquatableArray<string> ReadNames(string name) => Argument(name) is { Kind: TypedConstantKind.Array, IsNull: false } names
            ? names.Values.Select(static value => value.Value as string ?? "").ToEquatableArray()
            : default;

        EquatableArray<string> ReadList(string name) => Argument(name).Value is string list
            ? list.Split(',').Select(static piece => piece.Trim()).ToEquatableArray()
            : default;
    }

    // Its forms: numbers alone; an enum; an enum and a row type. Asked of every attribute of every model after every keystroke: no text is made for it.
    private static bool IsModelAttribute(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "SoftmaxModelAttribute",
        Arity: <= 2,
        ContainingType: null,
        ContainingNamespace: { Name: "SoftmaxGen", ContainingNamespace.IsGlobalNamespace: true },
    };
}
