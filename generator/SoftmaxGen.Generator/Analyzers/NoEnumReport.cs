using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Tells what to write where the classes of a model are no enum; the compiler's own error speaks of a constraint.</summary>
internal static class NoEnumReport
{
    /// <summary>Reports a model whose first type argument is no enum; does nothing for any other.</summary>
    public static void Report(SymbolAnalysisContext context, AttributeData attribute)
    {
        if (attribute.AttributeClass is { Arity: > 0 } form && form.TypeArguments[0] is { TypeKind: not (TypeKind.Enum or TypeKind.Error) } labels)
        {
            var model = (INamedTypeSymbol)context.Symbol;
            string name = labels.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            var violation = new Violation(DiagnosticDescriptors.NoEnum, name, Advice(labels.SpecialType));
            context.ReportDiagnostic(violation.ToDiagnostic(model.Name, violation.Locate(model, attribute, context.CancellationToken)));
        }
    }

    private static string Advice(SpecialType labels) => labels switch
    {
        SpecialType.System_String => "declare an enum, or write [SoftmaxModel(Classes = …, Features = …, ClassNames = …)] and train on the names",
        >= SpecialType.System_SByte and <= SpecialType.System_UInt64 =>
            "integers are labels without a type: write [SoftmaxModel(Classes = …, Features = …)], with FirstLabel or Labels where they do not begin at 0",
        SpecialType.System_Boolean => "declare an enum of two members",
        _ => "the first type is an enum with a member for each class, the second the type of the rows",
    };
}
