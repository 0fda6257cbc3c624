using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The stages that predict a tile of rows: lanes are rows, as in training, but the scores are those of all classes.</summary>
internal sealed class PredictionTileEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    // Multiplications without a loop over the features, and in one turn of it.
    private const int NoLoop = 96;
    private const int PerTurn = 32;

    // Classes without a loop over them, and in one turn of it.
    private const int MostStraightClasses = 16;
    private const int ClassesPerTurn = 4;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _chains = plan.Prediction.Chains;

    // One load of a row vector serves a group of classes; their sums stay in registers.
    private int LargestGroup => Math.Max(1, (width.Bits == 512 ? 24 : 12) / _chains);

    private int Groups => (plan.Classes + LargestGroup - 1) / LargestGroup;

    private int GroupClasses => (plan.Classes + Groups - 1) / Groups;

    private bool HoldsClasses => plan.Classes <= (width.Bits == 512 ? 10 : 4);

    public void Emit()
    {
        EmitScores();
        writer.BlankLine();
        EmitAfterScores();
    }

    public void EmitAfterScores()
    {
        EmitBest();
        writer.BlankLine();
        EmitProbabilities();
    }

    private void EmitScores()
    {
        writer.Open($"""
            // Scores of a tile: S = W x for rows in packed blocks, {GroupClasses} classes at a time, each summed as for a row alone. False when one is not finite.
            {Names.Optimize}
            internal static bool BatchScores({_ref} x, {_ref} w, {_ref} t, int blocks)
            """);
        writer.Write("var poison = Zero();");
        OpenLoopOverRows();
        writer.Write($"{_ref} xv = ref At(ref x, {RowVectorText.Offset(plan, width, plan.Features)});");
        int whole = plan.Classes / GroupClasses;
        if (whole > 1)
        {
            writer.Write($"""
                {_ref} wg = ref w;
                {_ref} tg = ref tv;
                """);
            writer.Open($"for (int group = 0; group < {whole}; group++)");
            EmitGroup(GroupClasses, "wg", "tg");
            writer.Write($"""
                wg = ref At(ref wg, {GroupClasses * plan.Columns});
                tg = ref At(ref tg, {GroupClasses * plan.BlockRows});
                """);
            writer.Close();
            if (plan.Classes % GroupClasses > 0)
            {
                writer.BlankLine();
                writer.Open();
                EmitGroup(plan.Classes % GroupClasses, "wg", "tg");
                writer.Close();
            }
        }
        else
        {
            EmitGroup(plan.Classes, "w", "tv");
        }

        writer.Close();
        writer.BlankLine();
        writer.Write(plan.Prediction.ChecksScores ? "return AllFinite(poison);" : "return true;");
        writer.Close();
    }

    private void EmitGroup(int classes, string w, string t)
    {
        bool isLooped = classes * plan.Features > NoLoop;
        for (int j = 0; j < classes; j++)
        {
            for (int chain = 0; chain < _chains; chain++)
            {
                writer.Write($"var {Sum(j, chain)} = {(chain == 0 ? $"Broadcast(ref {w}, {j * plan.Columns})" : "Zero()")};");
            }
        }

        if (isLooped)
        {
            EmitTurns(classes, w);
        }
        else
        {
            EmitFeatures(classes, plan.Features, w, "xv", 1);
        }

        for (int j = 0; j < classes; j++)
        {
            writer.Write($"""
                var s{j} = {PredictionText.SumOfChains(_chains, chain => Sum(j, chain))};
                Store(s{j}, ref {t}, {j * plan.BlockRows});
                poison = Fma(s{j}, Zero(), poison);
                """);
        }
    }

    private void EmitTurns(int classes, string w)
    {
        int perTurn = Math.Max(_chains, PerTurn / classes / _chains * _chains);
        (int turns, int rest) = (plan.Features / perTurn, plan.Features % perTurn);
        writer.Write($"""
            {_ref} xk = ref xv;
            {_ref} wk = ref At(ref {w}, 1);
            """);
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        EmitFeatures(classes, perTurn, "wk", "xk", 0);
        writer.Write($"""
            xk = ref At(ref xk, {perTurn * plan.BlockRows});
            wk = ref At(ref wk, {perTurn});
            """);
        writer.Close();
        writer.BlankLine();
        if (rest > 0)
        {
            writer.Open();
            EmitFeatures(classes, rest, "wk", "xk", 0);
            writer.Close();
            writer.BlankLine();
        }
    }

    private void EmitFeatures(int classes, int features, string w, string x, int firstWeight)
    {
        for (int k = 0; k < features; k++)
        {
            writer.Write($"var x{k + 1} = Load(ref {x}, {k * plan.BlockRows});");
            for (int j = 0; j < classes; j++)
            {
                string sum = Sum(j, k % _chains);
                writer.Write($"{sum} = Fma(Broadcast(ref {w}, {(j * plan.Columns) + firstWeight + k}), x{k + 1}, {sum});");
            }
        }
    }

    private void EmitBest()
    {
        writer.Open($"""
            // The class with the largest score, the lowest of several, as a number one row behind the other at the start of the tile.
            {Names.Optimize}
            internal static void BatchBest({_ref} t, int blocks)
            """);
        OpenLoopOverRows();
        writer.Write("""
            var max = Load(ref tv, 0);
            var best = Zero();
            """);
        if (plan.Classes <= MostStraightClasses)
        {
            for (int j = 1; j < plan.Classes; j++)
            {
                writer.Write($"""
                    var s{j} = Load(ref tv, {j * plan.BlockRows});
                    best = Where(Greater(s{j}, max), Constant({j}), best);
                    max = Larger(s{j}, max);
                    """);
            }
        }
        else
        {
            writer.Write("var j = One();");
            writer.Open($"for (nuint offset = {plan.BlockRows}; offset < {plan.Classes * plan.BlockRows}; offset += {plan.BlockRows})");
            writer.Write("""
                var s = Load(ref tv, offset);
                best = Where(Greater(s, max), j, best);
                max = Larger(s, max);
                j += One();
                """);
            writer.Close();
            writer.BlankLine();
        }

        writer.Write($"Store(best, ref At(ref t, vector * {width.Lanes}), 0);");
        writer.Close();
        writer.Close();
    }

    private void EmitProbabilities()
    {
        writer.Open($"""
            // Probabilities of a tile, in place of its scores: P_j = e_j / sum_k e_k with e_j = exp(S_j - max).
            {Names.Optimize}
            internal static void BatchProbabilities({_ref} t, int blocks)
            """);
        OpenLoopOverRows();
        if (HoldsClasses)
        {
            EmitHeldProbabilities();
        }
        else
        {
            EmitLoopedProbabilities();
        }

        writer.Close();
        writer.Close();
    }

    private void EmitHeldProbabilities()
    {
        EmitEach(plan.Classes, j => $"var s{j} = Load(ref tv, {j * plan.BlockRows});");
        writer.Write($"var max = {Enumerable.Range(0, plan.Classes).Select(static j => $"s{j}").Aggregate(static (left, right) => $"Larger({left}, {right})")};");
        EmitEach(plan.Classes, static j => $"var e{j} = ExpOrZero(s{j} - max);");
        writer.Write($"var inverse = One() / ({Join(plan.Classes)});");
        EmitEach(plan.Classes, j => $"Store(e{j} * inverse, ref tv, {j * plan.BlockRows});");
    }

    private void EmitLoopedProbabilities()
    {
        writer.Write("var max = Load(ref tv, 0);");
        EmitTurnsOverClasses(count => EmitEach(count, j => $"max = Larger(Load(ref tj, {j * plan.BlockRows}), max);"));
        writer.Write("var sum = Zero();");
        EmitTurnsOverClasses(count =>
        {
            EmitEach(count, j => $"var e{j} = ExpOrZero(Load(ref tj, {j * plan.BlockRows}) - max);");
            EmitEach(count, j => $"Store(e{j}, ref tj, {j * plan.BlockRows});");
            writer.Write($"sum += {Join(count)};");
        });
        writer.Write("var inverse = One() / sum;");
        EmitTurnsOverClasses(count => EmitEach(count, j => $"Store(Load(ref tj, {j * plan.BlockRows}) * inverse, ref tj, {j * plan.BlockRows});"));
    }

    private void EmitTurnsOverClasses(Action<int> emitTurn)
    {
        (int turns, int rest) = (plan.Classes / ClassesPerTurn, plan.Classes % ClassesPerTurn);
        writer.Open();
        writer.Write($"{_ref} tj = ref tv;");
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        emitTurn(ClassesPerTurn);
        writer.Write($"tj = ref At(ref tj, {ClassesPerTurn * plan.BlockRows});");
        writer.Close();
        if (rest > 0)
        {
            writer.BlankLine();
            writer.Open();
            emitTurn(rest);
            writer.Close();
        }

        writer.Close();
        writer.BlankLine();
    }

    private void OpenLoopOverRows()
    {
        writer.Write($"nint end = {(width.VectorsPerBlock == 1 ? "blocks" : $"(nint)blocks * {width.VectorsPerBlock}")};");
        writer.Open("for (nint vector = 0; vector < end; vector++)");
        writer.Write($"{_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Classes)});");
    }

    private void EmitEach(int count, Func<int, string> statement)
    {
        for (int j = 0; j < count; j++)
        {
            writer.Write(statement(j));
        }
    }

    private static string Join(int count) => string.Join(" + ", Enumerable.Range(0, count).Select(static j => $"e{j}"));

    private static string Sum(int contrast, int chain) => $"s{contrast}{(char)('a' + chain)}";
}
