using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using SoftmaxGen.Generator;

namespace SoftmaxGen.Benchmarks.Modes.Sweep;

/// <summary>A model of any shape, generated and compiled as a user's project does it, and loaded.</summary>
internal static class CompiledShape
{
    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(SoftmaxModelAttribute).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Makes a model of a shape.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="features">The number of features.</param>
    /// <returns>The type of the model.</returns>
    public static Type Load(int classes, int features)
    {
        string source = string.Create(
            CultureInfo.InvariantCulture, $"[SoftmaxGen.SoftmaxModel(Classes = {classes}, Features = {features})] public sealed partial class Model;");
        var user = CSharpCompilation.Create(
            string.Create(CultureInfo.InvariantCulture, $"Model{classes}x{features}"),
            [CSharpSyntaxTree.ParseText(source)],
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create(new SoftmaxModelGenerator()).RunGeneratorsAndUpdateCompilation(user, out Compilation compilation, out _);
        using var image = new MemoryStream();
        EmitResult emitted = compilation.Emit(image);
        return emitted.Success
            ? Assembly.Load(image.ToArray()).GetType("Model", throwOnError: true)!
            : throw new InvalidOperationException(string.Join(Environment.NewLine, emitted.Diagnostics));
    }
}
