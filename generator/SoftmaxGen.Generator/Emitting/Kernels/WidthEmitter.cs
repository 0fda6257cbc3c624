using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The kernels of one vector width: the stages, predictions, and what reaches into memory.</summary>
internal sealed class WidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private bool SharesFetching => width.StagesShareFetching(plan.Shape);

    public void Emit()
    {
        KernelShell.OpenWidth(writer, plan, width);
        new ScoreStageEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitSoftmax(weighted: false);
        writer.BlankLine();
        EmitSoftmax(weighted: true);
        writer.BlankLine();
        new ProductStageEmitter(writer, plan, width, plan.Gradient, width.Gradient, $"Gradient: G_j += sum_i residual_ij x_i for j = 1..{plan.Contrasts}", SharesFetching).Emit();
        writer.BlankLine();
        new TileEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        if (width.Bits == DirectPlan.Bits && plan.Direct is { } direct)
        {
            new DirectStageEmitter(writer, plan, width, direct).Emit();
            writer.BlankLine();
        }

        if (width.Bits == ShortRowsPlan.Bits && plan.ShortRows is { } shortRows)
        {
            new ShortRowsStageEmitter(writer, plan, width, shortRows).Emit();
            writer.BlankLine();
        }

        new PredictionStagesEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        new MemoryOperationsEmitter(writer, plan, width).Emit();
        KernelShell.Close(writer);
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
