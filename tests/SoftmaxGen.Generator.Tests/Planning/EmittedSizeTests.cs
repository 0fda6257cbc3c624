using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>The estimates against what is really emitted and compiled: whoever changes an emitter learns here that the sizes changed too.</summary>
public partial class EmittedSizeTests
{
    /// <summary>Gets shapes of every form: with and without loops over features, contrasts and columns, with rests and without.</summary>
    public static TheoryData<int, int, bool> Shapes { get; } = new()
    {
        { 2, 1, false }, { 2, 9, false }, { 2, 30, true }, { 2, 100, false }, { 3, 40, false }, { 3, 4, false }, { 4, 8, true }, { 5, 2, true }, { 7, 54, false }, { 10, 64, true }, { 12, 13, false }, { 26, 3, false },
        { 100, 784, true }, { 4096, 1, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Statements_and_locals_are_those_of_the_text(int classes, int features, bool single)
    {
        (KernelPlan plan, Compilation compilation) = Compile(classes, features, single);

        ForEachMethod(plan, (width, method, name) =>
        {
            MethodDeclarationSyntax text = Declaration(compilation, width, method);
            int statements = text.DescendantNodes().OfType<StatementSyntax>().Count(static statement => statement is not BlockSyntax);
            AssertNear(statements, method.Code.Statements, 0.2, $"{name}: statements");

            // The compiler makes no locals of the weights that the scores multiply by: w1_1 and so on.
            int locals = text.DescendantNodes().OfType<VariableDeclaratorSyntax>().Count(static local => !Weight().IsMatch(local.Identifier.ValueText))
                + text.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Count();
            AssertNear(locals, method.Code.Locals, 0.2, $"{name}: locals");
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiplications_of_matrix_products_are_those_of_the_text(int classes, int features, bool single)
    {
        (KernelPlan plan, Compilation compilation) = Compile(classes, features, single);

        ForEachMethod(plan, (width, method, name) =>
        {
            if (!method.Name.Contains("Softmax", StringComparison.Ordinal))
            {
                int multiplications = Declaration(compilation, width, method).DescendantNodes()
                    .OfType<InvocationExpressionSyntax>()
                    .Count(static call => call.Expression.ToString() == "Fma");
                AssertNear(multiplications, method.Code.Multiplications, 0, $"{name}: multiplications");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void References_locals_and_bytes_are_those_of_the_compiled_code(int classes, int features, bool single)
    {
        (KernelPlan plan, Compilation compilation) = Compile(classes, features, single);
        using LoadedAssembly assembly = new(compilation);

        ForEachMethod(plan, (width, method, name) =>
        {
            Type kernels = assembly.Assembly.GetType($"Model+{ClassName(width)}", throwOnError: true)!;
            IlBody body = IlBody.Of(kernels.GetMethod(method.Name, BindingFlags.Static | BindingFlags.NonPublic)!);
            AssertNear(body.LocalReferences, method.Code.LocalReferences, 0.3, $"{name}: local references");
            AssertNear(body.Locals, method.Code.Locals, 0.3, $"{name}: locals");
            AssertNear(body.Bytes, method.Code.IlBytes, 0.3, $"{name}: bytes");
        });
    }

    private static (KernelPlan Plan, Compilation Compilation) Compile(int classes, int features, bool single)
    {
        var precision = single ? Precision.Single : Precision.Double;
        string source = Sources.WithArguments($"Classes = {classes}, Features = {features}, Precision = SoftmaxGen.SoftmaxPrecision.{precision}");
        return (Plans.Of(classes, features, precision), GeneratorHarness.CompileWithModels(Settings.Default, source));
    }

    private static void ForEachMethod(KernelPlan plan, Action<WidthPlan, MethodSize, string> assert)
    {
        foreach (WidthPlan width in plan.Widths)
        {
            ImmutableArray<MethodSize> methods = [.. StageSizes.Of(plan, width)];
            Assert.True(methods.Length >= 4);
            foreach (MethodSize method in methods)
            {
                assert(width, method, $"{plan.Name()}, {width.Bits} bit, {method.Name}");
            }
        }
    }

    private static MethodDeclarationSyntax Declaration(Compilation compilation, WidthPlan width, MethodSize method) =>
        compilation.SyntaxTrees
            .SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Single(declaration => declaration.Identifier.ValueText == method.Name
                && declaration.Parent is ClassDeclarationSyntax kernels
                && kernels.Identifier.ValueText == ClassName(width));

    private static string ClassName(WidthPlan width) => $"SoftmaxKernels{width.Bits}";

    [GeneratedRegex(@"^w\d+_\d+$")]
    private static partial Regex Weight();

    private static void AssertNear(int actual, int estimate, double tolerance, string what) =>
        Assert.True(Math.Abs(estimate - actual) <= tolerance * actual, $"{what}: estimated {estimate}, found {actual}");
}
