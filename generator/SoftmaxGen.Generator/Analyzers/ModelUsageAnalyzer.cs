using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// Reports calls of a model's members that compile and are mistakes all the same: a training whose outcome nobody looks at, a span of the wrong length. And
/// calls that do not compile, where the compiler does not say what to write instead.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelUsageAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = DiagnosticDescriptors.OfUses;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(Analyze);

        // What does not compile is no operation that could be asked for its target.
        context.RegisterSyntaxNodeAction(ModelCreation.Report, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        context.RegisterSyntaxNodeAction(
            TableArguments.Report, SyntaxKind.InvocationExpression, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        context.RegisterSyntaxNodeAction(TableArguments.ReportAssigned, SyntaxKind.SimpleAssignmentExpression);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        IOperation[] body = [.. context.OperationBlocks.SelectMany(static block => block.DescendantsAndSelf())];
        var locals = new BodyLocals(body);
        foreach (IInvocationOperation call in body.OfType<IInvocationOperation>())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            TrainingOutcome.Report(context, call, locals);
            SpanLengths.Report(context, call, locals);
        }
    }
}
