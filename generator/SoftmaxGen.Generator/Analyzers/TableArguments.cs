using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds tables of numbers that are passed to a model as they are: the compiler says that they are no span, and not how to make one of them.</summary>
internal static class TableArguments
{
    /// <summary>Reports the arguments of a call, of a method or of a constructor, that does not compile.</summary>
    public static void Report(SyntaxNodeAnalysisContext context)
    {
        SymbolInfo target = context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken);
        if (target.Symbol is not null || target.CandidateSymbols.FirstOrDefault(IsOfModel) is not { } member)
        {
            return;
        }

        ArgumentListSyntax? arguments = context.Node switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            _ => null,
        };
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? $"new {member.ContainingType.Name}"
            : $"{member.ContainingType.Name}.{member.Name}";
        foreach (ArgumentSyntax argument in arguments?.Arguments ?? [])
        {
            Report(context, argument.Expression, name);
        }
    }

    /// <summary>Reports what is assigned to a span of the library's, as <c>TrainingRows</c> has them, where it is none.</summary>
    public static void ReportAssigned(SyntaxNodeAnalysisContext context)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol is IPropertySymbol property
            && IsOfModel(property)
            && property.Type is { Name: "ReadOnlySpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
        {
            Report(context, assignment.Right, $"{property.ContainingType.Name}.{property.Name}");
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, ExpressionSyntax argument, string name)
    {
        TypeInfo given = context.SemanticModel.GetTypeInfo(argument, context.CancellationToken);
        if (given.Type is { } type && Advice(type, argument) is { } advice)
        {
            string text = type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat);
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.TableArgument, argument.GetLocation(), name, text, advice));
        }
    }

    // A model has no constructor to call, whatever is passed to it: ModelCreation says so.
    private static bool IsOfModel(ISymbol symbol) =>
        symbol.ContainingType is { } type
        && ((ModelAttribute.Find(type) is not null && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
            || type.ContainingNamespace is { Name: "SoftmaxGen" });

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
