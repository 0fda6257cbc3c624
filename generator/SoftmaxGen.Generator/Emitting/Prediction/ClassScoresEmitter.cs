using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The scores of two rows, lanes being classes: each feature is broadcast against its column of weights.</summary>
internal sealed class ClassScoresEmitter(SourceWriter writer, KernelPlan plan, ClassLanesPlan lanes)
{
    private const int Lanes = 8;

    // Features in one turn of a loop.
    private const int PerTurn = 4;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly IReadOnlyList<(int Row, int Vector)> _sums =
        [.. Enumerable.Range(0, ClassLanesPlan.Rows * lanes.Vectors).Select(i => (i / lanes.Vectors, i % lanes.Vectors))];

    /// <summary>The rows and the vectors of the scores, as the names of variables end.</summary>
    public IReadOnlyList<string> Names => [.. _sums.Select(static sum => $"{sum.Row}{sum.Vector}")];

    /// <summary>The statements that begin the sums, and add up the first features.</summary>
    public IReadOnlyList<string> Straight(int features) => [.. Biases(), .. Products(0, features, "x", 0, "w", plan.Prediction.ColumnLanes)];

    /// <summary>Prints the sums of the features from one on, a few in a turn.</summary>
    public void EmitTurns(int first)
    {
        (int turns, int rest) = ((plan.Features - first) / PerTurn, (plan.Features - first) % PerTurn);
        if (turns + rest == 0)
        {
            return;
        }

        writer.Write($"""
            {_ref} xk = ref At(ref x, {first});
            {_ref} wk = ref At(ref w, {(first + 1) * plan.Prediction.ColumnLanes});
            """);
        if (turns > 0)
        {
            writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
            writer.Write($"""
                {string.Join("\n", Products(first, PerTurn, "xk", first, "wk", 0))}
                xk = ref At(ref xk, {PerTurn});
                wk = ref At(ref wk, {PerTurn * plan.Prediction.ColumnLanes});
                """);
            writer.Close();
            writer.BlankLine();
        }

        if (rest > 0)
        {
            writer.Open();
            writer.Write(string.Join("\n", Products(first, rest, "xk", first, "wk", 0)));
            writer.Close();
            writer.BlankLine();
        }
    }

    /// <summary>Prints the sums of the chains: the scores.</summary>
    public void EmitScores()
    {
        foreach ((int row, int vector) in _sums)
        {
            string score = Score(row, vector);
            writer.Write($"{score} = {PredictionText.SumOfChains(plan.Prediction.Chains, chain => $"{score}{(char)('a' + chain)}")};");
        }
    }

    private IEnumerable<string> Biases() => _sums.SelectMany(sum => (string[])
    [
        $"var {Score(sum.Row, sum.Vector)}a = Load(ref w, {sum.Vector * Lanes});",
        $"var {Score(sum.Row, sum.Vector)}b = Zero();",
    ]);

    // Column k + 1 of the weights by feature k, each in its chain.
    private IEnumerable<string> Products(int first, int count, string x, int origin, string w, int firstColumn)
    {
        for (int k = first; k < first + count; k++)
        {
            for (int vector = 0; vector < lanes.Vectors; vector++)
            {
                yield return $"var w{k}_{vector} = Load(ref {w}, {firstColumn + ((k - origin) * plan.Prediction.ColumnLanes) + (vector * Lanes)});";
            }

            for (int row = 0; row < ClassLanesPlan.Rows; row++)
            {
                yield return $"var x{k}_{row} = Broadcast(ref {x}, {(row * plan.Features) + k - origin});";
                for (int vector = 0; vector < lanes.Vectors; vector++)
                {
                    string sum = $"{Score(row, vector)}{(char)('a' + (k % plan.Prediction.Chains))}";
                    yield return $"{sum} = Fma(w{k}_{vector}, x{k}_{row}, {sum});";
                }
            }
        }
    }

    private static string Score(int row, int vector) => $"s{row}{vector}";
}
