using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>
/// No compiled method comes near the size beyond which the JIT stops optimising: 8,000 references to locals, 60,000 bytes of IL, 2,000 locals. The JIT counts
/// before it inlines, and inlining, which every vector operation relies on, stops without a word near 920 locals. Half is kept in reserve.
/// </summary>
public class EmittedSizeTests
{
    private const int MaxLocalReferences = 4_000;
    private const int MaxIlBytes = 30_000;
    private const int MaxLocals = 300;

    /// <summary>Gets shapes of every form: with and without loops over features, contrasts and columns, with rests and without, and the largest.</summary>
    public static TheoryData<int, int, bool> Shapes { get; } = new()
    {
        { 2, 1, false }, { 2, 9, false }, { 2, 30, true }, { 2, 100, false }, { 3, 40, false }, { 3, 4, false }, { 4, 8, true }, { 5, 2, true }, { 7, 54, false }, { 10, 64, true }, { 12, 13, false },
        { 17, 8, false }, { 26, 3, false }, { 26, 16, false }, { 30, 30, true }, { 100, 784, true }, { 4096, 1, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Every_method_is_within_half_of_what_the_JIT_optimises(int classes, int features, bool single)
    {
        string precision = single ? "Single" : "Double";
        string source = Sources.WithArguments($"Classes = {classes}, Features = {features}, Precision = SoftmaxGen.SoftmaxPrecision.{precision}");
        using LoadedAssembly assembly = new(GeneratorHarness.CompileWithModels(Settings.Default, source));

        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        MethodInfo[] methods =
            [.. assembly.Assembly.GetTypes().SelectMany(static type => type.GetMethods(All)).Where(static method => method.GetMethodBody() is not null)];
        Assert.True(methods.Length > 50);
        foreach (MethodInfo method in methods)
        {
            IlBody body = IlBody.Of(method);
            Assert.True(
                body.LocalReferences <= MaxLocalReferences && body.Bytes <= MaxIlBytes && body.Locals <= MaxLocals,
                $"{method.DeclaringType}.{method.Name}: {body}");
        }
    }
}
