using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The prediction of one row: lanes are classes, features are broadcast against the columns of the weights. All products, or the live ones alone: then the
/// kernels bear other names, and share what does not depend on the weights with those of all products.
/// </summary>
internal static class RowPredictionEmitter
{
    /// <summary>Emits the kernels that multiply all weights, and what they share with those of the live ones.</summary>
    public static void Emit(SourceWriter writer, KernelPlan plan, WidthPlan width)
    {
        if (plan.Prediction.InRegisters)
        {
            int vectors = plan.Prediction.Vectors(plan.Classes, width.Lanes).Count;
            var row = new RegisterRowEmitter(writer, plan, width, AllProducts(writer, plan, vectors), RowKernel.All);
            row.EmitKernels();
            row.EmitNewClasses();
        }
        else
        {
            var row = new MemoryRowEmitter(writer, plan, width, AllProducts(writer, plan, MemoryRowEmitter.VectorsPerPass), RowKernel.All);
            row.EmitKernels();
            row.EmitNormalize();
        }
    }

    /// <summary>Emits the kernels that multiply live weights alone.</summary>
    public static void EmitSparse(SourceWriter writer, KernelPlan plan, WidthPlan width, LiveProducts live)
    {
        var sums = new LiveSumsEmitter(writer, plan, live);
        if (plan.Prediction.InRegisters)
        {
            new RegisterRowEmitter(writer, plan, width, sums, RowKernel.Sparse).EmitKernels();
        }
        else
        {
            new MemoryRowEmitter(writer, plan, width, sums, RowKernel.Sparse).EmitKernels();
        }
    }

    private static RowSumsEmitter AllProducts(SourceWriter writer, KernelPlan plan, int vectors) =>
        new(writer, plan, plan.Prediction.UnrolledFeatures(plan.Features, vectors));
}
