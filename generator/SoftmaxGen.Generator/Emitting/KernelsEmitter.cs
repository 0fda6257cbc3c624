using SoftmaxGen.Generator.Emitting.Curvature;
using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The files with the kernels: one for each vector width, and one that holds the plan and chooses the width.</summary>
internal static class KernelsEmitter
{
    /// <summary>Prints the plan, and the choice of the vector width.</summary>
    public static string Emit(KernelPlan plan)
    {
        var writer = new SourceWriter();
        FileHeader.Write(writer, "Kernels: the plan, and the choice of the widest vectors that the hardware has.");
        FileHeader.WritePlan(writer, plan);
        FileHeader.WriteDirectives(writer, nullable: false);
        writer.BlankLine();
        KernelShell.BeginDriver(writer, plan);
        new DriverEmitter(writer, plan).Emit();
        writer.BlankLine();
        new PredictionDriverEmitter(writer, plan).Emit();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Prints the kernels of a vector width.</summary>
    public static string EmitWidth(KernelPlan plan, WidthPlan width)
    {
        var writer = new SourceWriter();
        FileHeader.Write(writer, $"Kernels for {width.Bits}-bit vectors: the loss, its gradient and Hessian, and predictions.");
        EmitLetters(writer, plan);
        FileHeader.WriteDirectives(writer, nullable: false);
        writer.BlankLine();
        KernelShell.BeginWidth(writer, plan, width);
        if (plan.Trains(width))
        {
            new WidthEmitter(writer, plan, width).Emit();
            writer.BlankLine();
            new CurvatureWidthEmitter(writer, plan, width).Emit();
            writer.BlankLine();
        }

        new PredictionStagesEmitter(writer, plan, width).Emit();
        new MemoryOperationsEmitter(writer, plan, width).Emit();
        writer.Close();
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
