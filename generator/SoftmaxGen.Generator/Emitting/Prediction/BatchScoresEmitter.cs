using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The first stage of a tile of rows: its scores are row vectors, as in training, but those of all classes.</summary>
internal sealed class BatchScoresEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, BatchForm form)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly IBatchSums _sums = form switch
    {
        StandingBatch standing => new StandingSumsEmitter(writer, plan, width, standing),
        _ => new PackedSumsEmitter(writer, plan, (PackedBatch)form),
    };

    // Where the largest and the smallest score of each row go: behind those of the classes.
    private int Largest => plan.Classes * plan.BlockRows;

    private int Smallest => (plan.Classes + 1) * plan.BlockRows;

    private bool SharesBlocks => width.VectorsPerBlock > 1;

    public void Emit()
    {
        writer.Open($"""
            // Scores of a tile: S = W x, {form.GroupClasses} classes at a time, each summed as for a row alone; behind those of a block the largest and the
            // smallest of each row. {_sums.Description} False when a score may not be finite: sums are not.
            {KernelText.Optimize}
            internal static bool BatchScores({_ref} x, {_ref} w, {_ref} t, {_ref} packed, int blocks)
            """);
        writer.Write("var total = Zero();");
        writer.Open("for (; blocks > 0; blocks--)");
        _sums.EmitBlock();
        if (SharesBlocks)
        {
            writer.Open($"for (nint lane = 0; lane < {plan.BlockRows}; lane += {width.Lanes})");
            writer.Write($"""
                {_ref} xv = ref At(ref {_sums.Rows}, {_sums.Offset("lane")});
                {_ref} tv = ref At(ref t, lane);
                """);
            EmitRowVector("xv", "tv");
            writer.Close();
            writer.BlankLine();
        }
        else
        {
            EmitRowVector(_sums.Rows, "t");
        }

        writer.Write($"""
            x = ref At(ref x, {plan.Features * plan.BlockRows});
            t = ref At(ref t, {plan.Prediction.BlockVectors * plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write(plan.Prediction.ChecksScores ? "return AllFinite(total);" : "return true;");
        writer.Close();
        _sums.EmitOperations();
    }

    private void EmitRowVector(string x, string t)
    {
        if (form.Groups > 1)
        {
            EmitGroups(x, t);
        }
        else
        {
            EmitGroup(plan.Classes, x, "w", t);
            EmitExtremes(plan.Classes, (largest, smallest) => $"""
                Store({largest}, ref {t}, {Largest});
                Store({smallest}, ref {t}, {Smallest});
                """);
        }
    }

    private void EmitGroups(string x, string t)
    {
        (int whole, int rest) = (plan.Classes / form.GroupClasses, plan.Classes % form.GroupClasses);
        writer.Write($"""
            Store(Constant({plan.Scalar}.MinValue), ref {t}, {Largest});
            Store(Constant({plan.Scalar}.MaxValue), ref {t}, {Smallest});
            {_ref} wg = ref w;
            {_ref} tg = ref {t};
            """);
        if (whole > 1)
        {
            writer.Open($"for (int group = 0; group < {whole}; group++)");
        }
        else
        {
            writer.Open();
        }

        EmitGroup(form.GroupClasses, x, "wg", "tg");
        EmitUpdate(form.GroupClasses, t);
        writer.Write($"""
            wg = ref At(ref wg, {form.GroupClasses * plan.Columns});
            tg = ref At(ref tg, {form.GroupClasses * plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();
        if (rest > 0)
        {
            writer.Open();
            EmitGroup(rest, x, "wg", "tg");
            EmitUpdate(rest, t);
            writer.Close();
            writer.BlankLine();
        }
    }

    // In memory from group to group: registers are full of sums.
    private void EmitUpdate(int classes, string t) => EmitExtremes(classes, (largest, smallest) => $"""
        Store(Larger({largest}, Load(ref {t}, {Largest})), ref {t}, {Largest});
        Store(Smaller({smallest}, Load(ref {t}, {Smallest})), ref {t}, {Smallest});
        """);

    private void EmitExtremes(int classes, Func<string, string, string> statements)
    {
        string[] scores = [.. Enumerable.Range(0, classes).Select(static j => $"s{j}")];
        writer.Write(statements(
            scores.Aggregate(static (largest, score) => $"Larger({largest}, {score})"),
            scores.Aggregate(static (smallest, score) => $"Smaller({smallest}, {score})")));
    }

    private void EmitGroup(int classes, string x, string w, string t)
    {
        _sums.EmitSums(classes, x, w, t);
        for (int j = 0; j < classes; j++)
        {
            writer.Write($"""
                var s{j} = {_sums.Score(j, t)};
                Store(s{j}, ref {t}, {j * plan.BlockRows});
                total += s{j};
                """);
        }
    }
}
