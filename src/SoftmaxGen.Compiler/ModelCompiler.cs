using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using SoftmaxGen.Compiler.Bridge;
using SoftmaxGen.Compiler.Compilation;
using SoftmaxGen.Compiler.Shapes;

namespace SoftmaxGen.Compiler;

/// <summary>
/// Compiles models whose shape is known only when the program runs: the source generator of the package runs in this process, and the C# compiler makes an
/// assembly of what it writes. Predictions and trainings are those of a model that was compiled with the program, to the bit. Thread-safe.
/// </summary>
/// <remarks>
/// The first shape of a process takes about a second, which is mostly the compiler's own start; the next ones some tenths of a second, and shapes that the
/// cache has some milliseconds. Programs that are published as a single file or as native code cannot compile: they lack the compiler's references.
/// See also <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/cli.md#shapes-at-run-time">shapes at run time</see>.
/// </remarks>
/// <example>
/// <code>
/// var shape = new ShapeDefinition
/// {
///     ClassNames = ["setosa", "versicolor", "virginica"],
///     Features = [new NumberFeature("sepal length"), new NumberFeature("petal length")],
/// };
/// using ICompiledTrainer trainer = ModelCompiler.Compile(shape);
/// ICompiledModel model = trainer.Train(rows, labels).Model;
/// string species = model.PredictName([5.1, 1.4]);
/// </code>
/// </example>
public static class ModelCompiler
{
    // Models run in this process, so that kernels for other vectors would never be called.
    private static readonly int _vectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private const string Unsuitable = "Models are compiled at run time and found by reflection.";

    /// <summary>Compiles a shape, or takes it from the cache.</summary>
    /// <param name="definition">The shape. Its names may come from anywhere: they are never taken for code.</param>
    /// <param name="options">How to compile; the defaults when null.</param>
    /// <param name="cancellationToken">Abandons the compilation.</param>
    /// <returns>What trains and loads models of the shape, to be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException">The definition breaks a rule; the message names the class or the feature.</exception>
    /// <exception cref="ModelCompilationException">The generator refuses the shape: it has too many weights, for instance.</exception>
    /// <exception cref="NotSupportedException">The program has no files to compile against.</exception>
    [RequiresDynamicCode(Unsuitable)]
    [RequiresUnreferencedCode(Unsuitable)]
    public static ICompiledTrainer Compile(ShapeDefinition definition, CompilerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ShapeNames names = ShapeNames.Of(definition);
        return Load([DeclarationText.Write(definition, names, new DeclarationOptions()), RowReaderText.Write(definition, names)], options, cancellationToken);
    }

    /// <summary>
    /// Compiles C# source that declares one model, in any form of the attribute, or takes it from the cache. It may refer to the framework and to SoftmaxGen,
    /// and is compiled as C# 13 without implicit usings.
    /// </summary>
    /// <param name="source">
    /// The source. It is code, and runs with the rights of the program: take it from nobody whom you would not let write the program.
    /// </param>
    /// <param name="options">How to compile; the defaults when null.</param>
    /// <param name="cancellationToken">Abandons the compilation.</param>
    /// <returns>What trains and loads models of the shape, to be disposed of by the caller. It takes rows as features.</returns>
    /// <exception cref="ModelCompilationException">The source does not compile, the generator refuses the model, or there is not one model.</exception>
    /// <exception cref="NotSupportedException">The program has no files to compile against.</exception>
    [RequiresDynamicCode(Unsuitable)]
    [RequiresUnreferencedCode(Unsuitable)]
    public static ICompiledTrainer Compile(string source, CompilerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Load([source], options, cancellationToken);
    }

    [RequiresDynamicCode(Unsuitable)]
    [RequiresUnreferencedCode(Unsuitable)]
    private static ICompiledTrainer Load(string[] sources, CompilerOptions? options, CancellationToken cancellationToken)
    {
        string? directory = (options ?? new CompilerOptions()).CacheDirectory;
        CompilationCache? cache = directory is null ? null : new CompilationCache(directory);
        CacheKey key = CacheKey.Of(sources, _vectorBits);
        byte[]? image = cache?.Read(key);
        if (image is null)
        {
            image = ModelCompilation.Run(sources, _vectorBits, cancellationToken);
            cache?.Write(key, image);
        }

        var context = new ModelContext();
        try
        {
            return CompiledTrainerFactory.Create(context, context.Load(image));
        }
        catch
        {
            context.Unload();
            throw;
        }
    }
}
