using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The kernels of one vector width that train: the stages, and how they follow one another.</summary>
internal sealed class WidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private bool SharesFetching => width.StagesShareFetching(plan.Shape);

    public void Emit()
    {
        EmitSizes();
        writer.BlankLine();
        new ScoreStageEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitSoftmax(weighted: false);
        writer.BlankLine();
        EmitSoftmax(weighted: true);
        writer.BlankLine();
        string gradient = $"Gradient: G_j += sum_i residual_ij x_i for j = 1..{plan.Contrasts}";
        new ProductStageEmitter(writer, plan, width, plan.Gradient, width.Gradient, gradient, SharesFetching, takesNext: true).Emit();
        if (UnpackedEmitter.Of(writer, plan, width) is { } unpacked)
        {
            writer.BlankLine();
            unpacked.Emit();
        }
    }

    private void EmitSizes()
    {
        writer.Write($"public static int ContrastsAtOnce => {width.Scores.Contrasts};");
        if (width.Softmax.OverlapsDivision)
        {
            writer.Write("public static bool HasLabelStage => true;");
        }

        if (width.Unpacked is { } form)
        {
            writer.Write($"public static int UnpackedBlocks => {form.TileBlocks};");
            if (form.ScratchDoubles > 0)
            {
                writer.Write($"public static int UnpackedDoubles => {form.ScratchDoubles};");
            }
        }

        if (plan.Hessian?.IsFused == true)
        {
            writer.Write("public static bool FusesHessian => true;");
        }
    }

    private void EmitSoftmax(bool weighted)
    {
        if (width.Softmax.OverlapsDivision)
        {
            new OverlappedSoftmaxEmitter(writer, plan, width, weighted).Emit();
            return;
        }

        new SoftmaxStageEmitter(writer, plan, width, weighted).Emit();
    }
}
