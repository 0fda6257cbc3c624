using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The second generated file: the kernels of each vector width, and the drivers.</summary>
internal static class KernelsEmitter
{
    public static string Emit(KernelPlan plan)
    {
        var writer = new SourceWriter();
        FileHeader.Write(writer, "Kernels: the loss, its gradient and predictions.");
        FileHeader.WritePlan(writer, plan);
        EmitLetters(writer, plan);
        FileHeader.WriteDirectives(writer);
        foreach (WidthPlan width in plan.Widths)
        {
            writer.BlankLine();
            KernelShell.OpenWidth(writer, plan, width);
            new WidthEmitter(writer, plan, width).Emit();
            writer.BlankLine();
            new PredictionStagesEmitter(writer, plan, width).Emit();
            writer.BlankLine();
            new MemoryOperationsEmitter(writer, plan, width).Emit();
            KernelShell.Close(writer);
        }

        writer.BlankLine();
        KernelShell.OpenDriver(writer, plan);
        new DriverEmitter(writer, plan).Emit();
        writer.BlankLine();
        new PredictionDriverEmitter(writer, plan).Emit();
        writer.BlankLine();
        MemoryOperationsEmitter.EmitOffsets(writer);
        KernelShell.Close(writer);
        return writer.ToString();
    }

    private static void EmitLetters(SourceWriter writer, KernelPlan plan) => writer.Write($"""
        //
        // A block has {plan.BlockRows} rows, feature by feature; a vector holds the same feature, or score, of several rows, unless a comment says otherwise.
        //   x  features            x2b  feature 2, row vector b     y  class index
        //   w  weights; also those of rows                          s  score S_j, or a sum on the way to it
        //   t  logits relative to class 0, t_j = S_j - S_0, times the exponential's scale; then residuals, in their place
        //   e  exponentials        z  their sum Z                   p  probabilities, P_j = e_j / Z
        //   g  gradient sums       g2_3  class 2, column 3          loss  its parts, summed as vectors
        """);
}
