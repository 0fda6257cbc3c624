using System.Runtime.CompilerServices;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>What nobody uses any more leaves the memory. <c>SOFTMAXGEN_COMPILED_SHAPES</c> makes more shapes of it.</summary>
public sealed class UnloadTests
{
    private static readonly int _shapes = LongSetting.Of("SOFTMAXGEN_COMPILED_SHAPES", 6);

    [Fact]
    public void Shapes_leave_no_growth_of_memory()
    {
        // The compiler itself is loaded by the first, and keeps what it knows of the framework.
        Assert.True(IsCollected(Use(0)));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        WeakReference[] used = [.. Enumerable.Range(1, _shapes).Select(Use)];

        Assert.All(used, static one => Assert.True(IsCollected(one)));
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(after - before < 4_000_000, $"{_shapes} shapes: {before} bytes before, {after} after");
    }

    [Fact]
    public void A_model_outlives_its_trainer()
    {
        ICompiledModel model = Train();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal("yes", model.PredictName([3, 1]));

        static ICompiledModel Train()
        {
            using ICompiledTrainer trainer = ModelCompiler.Compile(Shapes.Numbered(0), Shapes.Uncached);
            return trainer.Train([0, 1, 3, 1], [0, 1]).Model;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(int number)
    {
        using ICompiledTrainer trainer = ModelCompiler.Compile(Shapes.Numbered(number), Shapes.Uncached);
        ICompiledModel model = trainer.Train([0, 1, 1, 1, 2, 1, 3, 1], [0, 0, 1, 1]).Model;
        Assert.Equal("yes", model.PredictName([3, 1]));
        return new WeakReference(model.GetType().GenericTypeArguments[0].Assembly);
    }

    // An unloading takes several collections: of what refers to the assembly, then of its types, then of the assembly.
    private static bool IsCollected(WeakReference reference)
    {
        for (int i = 0; i < 20 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return !reference.IsAlive;
    }
}
