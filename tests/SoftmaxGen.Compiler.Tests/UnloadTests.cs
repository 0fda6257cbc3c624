using System.Runtime.CompilerServices;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>What nobody uses any more leaves the memory. <c>SOFTMAXGEN_COMPILED_SHAPES</c> makes more shapes of it.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class UnloadTests
{
    private static readonly int _shapes = LongSetting.Of("SOFTMAXGEN_COMPILED_SHAPES", 6);

    /// <summary>The compiler keeps names and tokens, up to a bound: its memory grows less and less. What every shape left would grow alike.</summary>
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Shapes_leave_no_growth_of_memory()
    {
        long[] memory = [UseAndMeasure(0, 1), UseAndMeasure(1, _shapes / 2), UseAndMeasure(1 + (_shapes / 2), _shapes / 2)];

        long first = memory[1] - memory[0];
        long second = memory[2] - memory[1];
        Assert.True(second < Math.Max(2_000_000, first / 2), $"{_shapes} shapes: {string.Join(", ", memory)} bytes");
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

    private static long UseAndMeasure(int first, int count)
    {
        WeakReference[] used = [.. Enumerable.Range(first, count).Select(Use)];
        Assert.All(used, static one => Assert.True(IsCollected(one)));
        return GC.GetTotalMemory(forceFullCollection: true);
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
