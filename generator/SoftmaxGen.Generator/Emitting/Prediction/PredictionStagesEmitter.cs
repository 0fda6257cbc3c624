using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>What predicts at one vector width: the kernels of one row, and the stages of a tile of rows.</summary>
internal sealed class PredictionStagesEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    public void Emit()
    {
        if (plan.Prediction.Difference is { } difference)
        {
            if (width.Bits <= plan.Prediction.WidestBits)
            {
                new PredictionDifferenceEmitter(writer, plan, width, difference).Emit();
                writer.BlankLine();
            }

            EmitAfterScores();
            return;
        }

        if (width.Row is { } row)
        {
            RowPredictionEmitter.Emit(writer, plan, width, row);
            if (plan.Rows is { PredictsTerms: true } rows)
            {
                writer.BlankLine();
                RowPredictionEmitter.EmitTerms(writer, plan, width, row, rows);
            }

            writer.BlankLine();
        }

        if (width.Batch is { } batch)
        {
            new BatchScoresEmitter(writer, plan, width, batch).Emit();
            writer.BlankLine();
            EmitAfterScores();
        }
    }

    private void EmitAfterScores()
    {
        new BatchBestEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        new BatchExponentialsEmitter(writer, plan, width).Emit();
        writer.BlankLine();
    }
}
