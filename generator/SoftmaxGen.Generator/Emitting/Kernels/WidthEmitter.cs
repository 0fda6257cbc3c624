using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The kernels of one vector width that train: the stages, and how they follow one another.</summary>
internal sealed class WidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private bool SharesFetching => width.StagesShareFetching(plan.Shape);

    public void Emit()
    {
        new ScoreStageEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitSoftmax(weighted: false);
        writer.BlankLine();
        EmitSoftmax(weighted: true);
        writer.BlankLine();
        new ProductStageEmitter(writer, plan, width, plan.Gradient, width.Gradient, $"Gradient: G_j += sum_i residual_ij x_i for j = 1..{plan.Contrasts}", SharesFetching).Emit();
        writer.BlankLine();
        new TileEmitter(writer, plan, width).Emit();
        if (UnpackedEmitter.Of(writer, plan, width) is { } unpacked)
        {
            writer.BlankLine();
            unpacked.EmitKernels();
        }
    }

    private void EmitSoftmax(bool weighted)
    {
        if (width.Softmax.OverlapsDivision)
        {
            new OverlappedSoftmaxEmitter(writer, plan, width, weighted).Emit();
            writer.BlankLine();
            new LabelStageEmitter(writer, plan, width, weighted).Emit();
            return;
        }

        new SoftmaxStageEmitter(writer, plan, width, weighted).Emit();
    }
}
