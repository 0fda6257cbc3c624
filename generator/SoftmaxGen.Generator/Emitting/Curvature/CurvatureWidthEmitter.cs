using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>The second-order stages of one vector width.</summary>
internal sealed class CurvatureWidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private const string Comment = "Hessian: H_jl += sum_i h_ijl x_i x_i^T, pairs of contrasts j >= l by pairs of columns";

    public void Emit()
    {
        new ProbabilityStageEmitter(writer, plan, width).Emit();
        if (plan.Hessian is { } hessian && width.Hessian is { } tile)
        {
            writer.BlankLine();
            if (hessian.IsFused)
            {
                new HessianStageEmitter(writer, plan, width, hessian, tile).Emit();
            }
            else
            {
                new ProductStageEmitter(writer, plan, width, hessian.Product, tile, Comment).Emit();
            }
        }
    }
}
