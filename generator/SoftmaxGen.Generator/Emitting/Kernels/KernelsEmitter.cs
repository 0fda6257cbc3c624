using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The second generated file: the drivers, and the kernels of each vector width.</summary>
internal static class KernelsEmitter
{
    public static string Emit(KernelPlan plan)
    {
        var writer = new SourceWriter();
        TypeShell.Open(writer, plan, "Kernels: the loss, its gradient and the prediction of one row.");
        new DriverEmitter(writer, plan).Emit();
        foreach (WidthPlan width in plan.Widths)
        {
            writer.BlankLine();
            new WidthEmitter(writer, plan, width).Emit();
        }

        TypeShell.Close(writer, plan);
        return writer.ToString();
    }
}
