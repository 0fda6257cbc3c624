using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds trainings whose result says nothing to anybody: thrown away, or asked for its model and not for how the training ended.</summary>
internal static class TrainingOutcome
{
    private const string ResultType = "SoftmaxGen.TrainingResult<TModel>";

    /// <summary>Reports a call if it is such a training.</summary>
    public static void Report(OperationBlockAnalysisContext context, IInvocationOperation call, BodyLocals locals)
    {
        if (call.TargetMethod is { Name: "Train", ReturnType: INamedTypeSymbol result } && result.OriginalDefinition.ToDisplayString() == ResultType
            && Choose(call, locals) is { } descriptor)
        {
            context.ReportDiagnostic(Diagnostic.Create(descriptor, call.Syntax.GetLocation(), result.TypeArguments[0].Name));
        }
    }

    // An explicit discard, `_ = Train(…)`, is an assignment: whoever writes it knows. A result that is passed on is somebody else's to look at.
    private static DiagnosticDescriptor? Choose(IInvocationOperation call, BodyLocals locals) => call.Parent switch
    {
        IExpressionStatementOperation => DiagnosticDescriptors.IgnoredTraining,
        IPropertyReferenceOperation reading when IsModel(reading) => DiagnosticDescriptors.UnseenConvergence,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when locals.Uses(declarator.Symbol).All(IsReadForModel) =>
            DiagnosticDescriptors.UnseenConvergence,
        _ => null,
    };

    private static bool IsReadForModel(ILocalReferenceOperation use) => use.Parent is IPropertyReferenceOperation reading && IsModel(reading);

    private static bool IsModel(IPropertyReferenceOperation reading) => reading.Property.Name == "Model";
}
