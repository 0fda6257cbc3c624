using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Compares the spans that a call passes to a model's members with the model's shape, where their lengths are plain to see.</summary>
internal static class SpanLengths
{
    // A length is looked for through this many variables and conversions. Half-typed code may go in circles (`double[] row = row;`).
    private const int MostHops = 8;

    /// <summary>Reports the arguments of a call that the member would refuse.</summary>
    public static void Report(OperationBlockAnalysisContext context, IInvocationOperation call, BodyLocals locals)
    {
        if (ModelAttribute.Find(call.TargetMethod.ContainingType) is null)
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter
                && Expected(parameter) is { } expected
                && Constant(call.TargetMethod.ContainingType, expected.Constant) is int number and > 0
                && Length(argument.Value, locals, MostHops) is int length
                && (expected.IsMultiple ? length % number != 0 : length != number))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.WrongLength,
                    argument.Syntax.GetLocation(),
                    $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
                    parameter.Name,
                    (expected.IsMultiple ? "a multiple of " : "") + number.ToString(CultureInfo.InvariantCulture),
                    length));
            }
        }
    }

    // What a span of a name must hold: as many elements as a constant of the model says, or a multiple of them.
    private static (string Constant, bool IsMultiple)? Expected(IParameterSymbol parameter) => (IsSpan(parameter.Type), parameter.Name) switch
    {
        (true, "features") => ("Features", false),
        (true, "rows") => ("Features", true),
        (true, "weights" or "gradient") => ("ParameterCount", false),
        (true, "scores" or "probabilities") when IsOfOneRow(parameter.ContainingSymbol) => ("Classes", false),
        _ => null,
    };

    // Of numbers: a span of the user's own rows has as many as the user likes.
    private static bool IsSpan(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: "System" } span
        && span.TypeArguments[0].SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    private static bool IsOfOneRow(ISymbol member) => member is IMethodSymbol method && method.Parameters.Any(static parameter => parameter.Name == "features");

    private static int? Constant(INamedTypeSymbol model, string name) =>
        model.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int?;

    private static int? Length(IOperation value, BodyLocals locals, int hops) => value switch
    {
        _ when hops == 0 => null,
        IConversionOperation conversion => Length(conversion.Operand, locals, hops - 1),
        ICollectionExpressionOperation collection when !collection.Elements.Any(static element => element is ISpreadOperation) => collection.Elements.Length,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.Length,
        IArrayCreationOperation array => array.DimensionSizes.FirstOrDefault()?.ConstantValue.Value as int?,
        IInvocationOperation { TargetMethod.Name: "AsSpan" or "Slice" } slice => LengthOfSlice(slice),
        ILocalReferenceOperation use when locals.OnlyValue(use.Local) is { } only => Length(only, locals, hops - 1),
        _ => StackAllocated(value),
    };

    private static int? LengthOfSlice(IInvocationOperation slice) =>
        slice.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "length")?.Value.ConstantValue.Value as int?;

    // Of `stackalloc` the public tree of operations shows no more than its syntax.
    private static int? StackAllocated(IOperation value) => value.Syntax switch
    {
        StackAllocArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
        ImplicitStackAllocArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
        StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax array } =>
            value.SemanticModel!.GetConstantValue(array.RankSpecifiers[0].Sizes[0]).Value as int?,
        _ => null,
    };
}
