using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>The third generated file: the second-order kernels of the trainer.</summary>
internal static class CurvatureEmitter
{
    public static string Emit(KernelPlan plan)
    {
        var writer = new SourceWriter();
        FileHeader.Write(writer, "Second-order kernels: products with the Hessian" + (plan.Hessian is null ? "." : ", and the Hessian itself."));
        FileHeader.WriteDirectives(writer);
        foreach (WidthPlan width in plan.Widths)
        {
            writer.BlankLine();
            new CurvatureWidthEmitter(writer, plan, width).Emit();
        }

        writer.BlankLine();
        new CurvatureDriverEmitter(writer, plan).Emit();
        return writer.ToString();
    }
}
