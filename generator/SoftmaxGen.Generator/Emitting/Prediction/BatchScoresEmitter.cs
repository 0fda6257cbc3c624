using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The first stage of a tile of rows: lanes are rows, as in training, but the scores are those of all classes.</summary>
internal sealed class BatchScoresEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    // Multiplications without a loop over the features, and in one turn of it.
    private const int NoLoop = 96;
    private const int PerTurn = 48;

    // Chains that are summed side by side; the others follow in a second pass over the features.
    private const int MostChains = 2;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _chains = plan.Prediction.Chains;

    // One load of a row vector serves a group of classes; their sums stay in registers.
    private int LargestGroup => Math.Max(1, (width.Bits == 512 ? 26 : 12) / PassChains);

    private int PassChains => Math.Min(_chains, MostChains);

    private int Groups => (plan.Classes + LargestGroup - 1) / LargestGroup;

    private int GroupClasses => (plan.Classes + Groups - 1) / Groups;

    // Where the largest and the smallest score of each row go: behind those of the classes.
    private int Largest => plan.Classes * plan.BlockRows;

    private int Smallest => (plan.Classes + 1) * plan.BlockRows;

    private bool SharesBlocks => width.VectorsPerBlock > 1;

    public void Emit()
    {
        writer.Open($"""
            // Scores of a tile: S = W x, {GroupClasses} classes at a time, each summed as for a row alone; behind those of a block the largest and the smallest of
            // each row. The rows are packed block by block. False when a score may not be finite: sums are not.
            {Names.Optimize}
            internal static bool BatchScores({_ref} x, {_ref} w, {_ref} t, {_ref} packed, int blocks)
            """);
        writer.Write("var total = Zero();");
        writer.Open("for (; blocks > 0; blocks--)");
        writer.Write($"{Names.Support}.RowPacker.PackBlock(ref x, {plan.Features}, ref packed);");
        if (SharesBlocks)
        {
            writer.Open($"for (nint lane = 0; lane < {plan.BlockRows}; lane += {width.Lanes})");
            writer.Write($"""
                {_ref} xv = ref At(ref packed, lane);
                {_ref} tv = ref At(ref t, lane);
                """);
            EmitRowVector("xv", "tv");
            writer.Close();
            writer.BlankLine();
        }
        else
        {
            EmitRowVector("packed", "t");
        }

        writer.Write($"""
            x = ref At(ref x, {plan.Features * plan.BlockRows});
            t = ref At(ref t, {plan.Prediction.BlockVectors * plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write(plan.Prediction.ChecksScores ? "return AllFinite(total);" : "return true;");
        writer.Close();
    }

    private void EmitRowVector(string x, string t)
    {
        int whole = plan.Classes / GroupClasses;
        if (whole > 1)
        {
            EmitGroups(whole, x, t);
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

    private void EmitGroups(int whole, string x, string t)
    {
        writer.Write($"""
            Store(Constant({plan.Scalar}.MinValue), ref {t}, {Largest});
            Store(Constant({plan.Scalar}.MaxValue), ref {t}, {Smallest});
            {_ref} wg = ref w;
            {_ref} tg = ref {t};
            """);
        writer.Open($"for (int group = 0; group < {whole}; group++)");
        EmitGroup(GroupClasses, x, "wg", "tg");
        EmitUpdate(GroupClasses, t);
        writer.Write($"""
            wg = ref At(ref wg, {GroupClasses * plan.Columns});
            tg = ref At(ref tg, {GroupClasses * plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();
        if (plan.Classes % GroupClasses > 0)
        {
            writer.Open();
            EmitGroup(plan.Classes % GroupClasses, x, "wg", "tg");
            EmitUpdate(plan.Classes % GroupClasses, t);
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
        for (int first = 0; first < _chains; first += PassChains)
        {
            EmitPass(classes, first, x, w);
            bool isLast = first + PassChains == _chains;
            for (int j = 0; j < classes; j++)
            {
                string sum = PredictionText.SumOfChains(PassChains, chain => Sum(j, first + chain));
                string score = $"ref {t}, {j * plan.BlockRows}";
                if (isLast)
                {
                    EmitScore(j, first == 0 ? sum : $"Load({score}) + ({sum})", score);
                }
                else
                {
                    writer.Write($"Store({sum}, {score});");
                }
            }
        }
    }

    private void EmitScore(int j, string sum, string score) => writer.Write($"""
        var s{j} = {sum};
        Store(s{j}, {score});
        total += s{j};
        """);

    private void EmitPass(int classes, int first, string x, string w)
    {
        for (int j = 0; j < classes; j++)
        {
            for (int chain = first; chain < first + PassChains; chain++)
            {
                writer.Write($"var {Sum(j, chain)} = {(chain == 0 ? $"Broadcast(ref {w}, {j * plan.Columns})" : "Zero()")};");
            }
        }

        if (classes * plan.Features > NoLoop)
        {
            writer.Open();
            EmitTurns(classes, first, x, w);
            writer.Close();
            writer.BlankLine();
        }
        else
        {
            EmitFeatures(classes, plan.Features, first, x, w, 1);
        }
    }

    private void EmitTurns(int classes, int first, string x, string w)
    {
        int perTurn = Math.Max(_chains, PerTurn * _chains / PassChains / classes / _chains * _chains);
        (int turns, int rest) = (plan.Features / perTurn, plan.Features % perTurn);
        writer.Write($"""
            {_ref} xk = ref {x};
            {_ref} wk = ref At(ref {w}, 1);
            """);
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        EmitFeatures(classes, perTurn, first, "xk", "wk", 0);
        writer.Write($"""
            xk = ref At(ref xk, {perTurn * plan.BlockRows});
            wk = ref At(ref wk, {perTurn});
            """);
        writer.Close();
        if (rest > 0)
        {
            writer.BlankLine();
            writer.Open();
            EmitFeatures(classes, rest, first, "xk", "wk", 0);
            writer.Close();
        }
    }

    private void EmitFeatures(int classes, int features, int first, string x, string w, int firstWeight)
    {
        for (int k = 0; k < features; k++)
        {
            int chain = k % _chains;
            if (chain < first || chain >= first + PassChains)
            {
                continue;
            }

            writer.Write($"var x{k + 1} = Load(ref {x}, {k * plan.BlockRows});");
            for (int j = 0; j < classes; j++)
            {
                string sum = Sum(j, chain);
                writer.Write($"{sum} = Fma(Broadcast(ref {w}, {(j * plan.Columns) + firstWeight + k}), x{k + 1}, {sum});");
            }
        }
    }

    private static string Sum(int contrast, int chain) => $"s{contrast}{(char)('a' + chain)}";
}
