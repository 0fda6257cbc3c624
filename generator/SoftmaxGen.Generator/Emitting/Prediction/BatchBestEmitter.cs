using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The stage that turns the scores of a tile into labels.</summary>
internal sealed class BatchBestEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _ref = $"ref {plan.Scalar}";

    public void Emit()
    {
        writer.Open($"""
            // The class with the largest score, the lowest of several, as a number one row behind the other at the start of the tile.
            {KernelText.Optimize}
            internal static void BatchBest({_ref} t, int blocks)
            """);
        writer.Write($"nint end = {RowVectorText.Count(width)};");
        writer.Open("for (nint vector = 0; vector < end; vector++)");
        writer.Write($"{_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Prediction.BlockVectors)});");
        if (plan.Prediction.Difference is not null)
        {
            writer.Write($"var best = Where(Greater(Load(ref tv, {plan.BlockRows}), Load(ref tv, 0)), One(), Zero());");
        }
        else
        {
            EmitSearch();
        }

        writer.Write($"Store(best, ref At(ref t, vector * {width.Lanes}), 0);");
        writer.Close();
        writer.Close();
    }

    // From the last class down, so that the lowest of several stays.
    private void EmitSearch()
    {
        int last = plan.Classes - 1;
        writer.Write($"""
            var max = Load(ref tv, {plan.Classes * plan.BlockRows});
            var best = Zero();
            """);
        if (!plan.Prediction.LoopsOverClasses)
        {
            for (int j = last; j >= 0; j--)
            {
                writer.Write($"best = Where(Equal(Load(ref tv, {j * plan.BlockRows}), max), Constant({j}), best);");
            }

            return;
        }

        writer.Write($"var j = Constant({last});");
        writer.Block($"for (nint offset = {last * plan.BlockRows}; offset >= 0; offset -= {plan.BlockRows})", """
            best = Where(Equal(Load(ref tv, (nuint)offset), max), j, best);
            j -= One();
            """);
        writer.BlankLine();
    }
}
