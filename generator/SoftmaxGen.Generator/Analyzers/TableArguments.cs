using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds tables of numbers that are passed to a model as they are: the compiler says that they are no span, and not how to make one of them.</summary>
internal static class TableArguments
{
    /// <summary>Reports the arguments of a call that does not compile.</summary>
    /// <param name="context">The analysis of the call.</param>
    public static void Report(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        SymbolInfo target = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);
        if (target.Symbol is not null || target.CandidateSymbols.FirstOrDefault(IsOfModel) is not { } member)
        {
            return;
        }

        foreach (ExpressionSyntax argument in call.ArgumentList.Arguments.Select(static argument => argument.Expression))
        {
            if (context.SemanticModel.GetTypeInfo(argument, context.CancellationToken).Type is { } type && Advice(type, argument) is { } advice)
            {
                string given = type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat);
                string name = $"{member.ContainingType.Name}.{member.Name}";
                context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.TableArgument, argument.GetLocation(), name, given, advice));
            }
        }
    }

    private static bool IsOfModel(ISymbol symbol) =>
        symbol.ContainingType is { } type && (ModelAttribute.Find(type) is not null || type.ContainingNamespace is { Name: "SoftmaxGen" });

    private static string? Advice(ITypeSymbol type, ExpressionSyntax argument) => type switch
    {
        IArrayTypeSymbol { Rank: 2, ElementType: { } element } when IsReal(element) => $"{argument}.AsRowMajor()",
        IArrayTypeSymbol { Rank: 1, ElementType: IArrayTypeSymbol { Rank: 1, ElementType: { } element } } when IsReal(element) => $"{argument}.ToRowMajor()",
        INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } list when IsGeneric(list) =>
            list.TypeArguments[0] is IArrayTypeSymbol { Rank: 1, ElementType: { } element } && IsReal(element)
                ? $"{argument}.ToRowMajor()"
                : $"System.Runtime.InteropServices.CollectionsMarshal.AsSpan({argument})",
        _ => null,
    };

    private static bool IsGeneric(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } };

    private static bool IsReal(ITypeSymbol type) => type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
}
