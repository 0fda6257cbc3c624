using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Sums over rows as they stand: a vector holds a feature of each chain, of one row or of two, and so its lanes are the chains of a row alone. Four vectors
/// then become one whose lanes are rows. To pack four features of a block takes 12 shuffles and 4 stores, and a store of 512 bits keeps multiply-adds waiting.
/// Here two rows to a vector take 4 shuffles for each few classes and one for each class, one row takes none; and each class takes six in the end, however
/// many features there are.
/// </summary>
internal sealed class StandingSumsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width) : IBatchSums
{
    // Vectors that become one row vector.
    private const int Vectors = 4;

    // Multiplications without a loop over the features, and in one turn of it.
    private const int NoLoop = 64;
    private const int PerTurn = 32;

    private readonly string _ref = $"ref {plan.Scalar}";

    public string Description => $"The rows are taken as they stand, {width.Lanes / PredictionPlan.MostChains} to a vector.";

    // Sums, the features that they share, and a vector of weights.
    public int LargestGroup => ((width.Bits == 512 ? 32 : 16) - Vectors - 1) / Vectors;

    public string Rows => "x";

    private int Rest => plan.Features % PredictionPlan.MostChains;

    public string Offset(string lane) => $"{lane} * {plan.Features}";

    public void EmitBlock()
    {
    }

    // The bias begins the first chain.
    public void EmitSums(int classes, string x, string w, string t)
    {
        for (int j = 0; j < classes; j++)
        {
            writer.Write($"var {Sum(j, 0)} = Broadcast(ref {w}, {j * plan.Columns}) & FirstChain();");
            for (int v = 1; v < Vectors; v++)
            {
                writer.Write($"var {Sum(j, v)} = {Sum(j, 0)};");
            }
        }

        int perFeatures = Vectors * classes;
        int steps = plan.Features / PredictionPlan.MostChains;
        if (steps * perFeatures > NoLoop)
        {
            EmitTurns(classes, steps, Math.Max(1, PerTurn / perFeatures), x, w);
        }
        else
        {
            EmitSteps(classes, steps, x, w, 1);
        }

        if (Rest > 0)
        {
            EmitRest(classes, x, w);
        }
    }

    public string Score(int j, string t) => $"SumChains({string.Join(", ", Enumerable.Range(0, Vectors).Select(v => Sum(j, v)))})";

    private void EmitTurns(int classes, int steps, int perTurn, string x, string w)
    {
        (int turns, int rest) = (steps / perTurn, steps % perTurn);
        int features = perTurn * PredictionPlan.MostChains;
        writer.Open();
        writer.Write($"""
            {_ref} xk = ref {x};
            {_ref} wk = ref At(ref {w}, 1);
            """);
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        EmitSteps(classes, perTurn, "xk", "wk", 0);
        writer.Write($"""
            xk = ref At(ref xk, {features});
            wk = ref At(ref wk, {features});
            """);
        writer.Close();
        if (rest > 0)
        {
            writer.BlankLine();
            writer.Open();
            EmitSteps(classes, rest, "xk", "wk", 0);
            writer.Close();
        }

        writer.Close();
        writer.BlankLine();
    }

    private void EmitSteps(int classes, int steps, string x, string w, int firstWeight)
    {
        for (int k = 0; k < steps * PredictionPlan.MostChains; k += PredictionPlan.MostChains)
        {
            int step = k;
            EmitStep(classes, $"{k + 1}", v => Features(x, v, step), j => Weights(w, j, firstWeight + step));
        }
    }

    // The last features are those of the last vector that fits the row, turned into their chains; weights of those that were summed before are cleared.
    private void EmitRest(int classes, string x, string w)
    {
        int first = plan.Features - PredictionPlan.MostChains;
        EmitStep(classes, "Rest", v => $"Turn({Features(x, v, first)})", j => $"Turn({Weights(w, j, 1 + first)}) & LastChains()");
    }

    private void EmitStep(int classes, string name, Func<int, string> features, Func<int, string> weights)
    {
        for (int v = 0; v < Vectors; v++)
        {
            writer.Write($"var x{name}{Letter(v)} = {features(v)};");
        }

        for (int j = 0; j < classes; j++)
        {
            writer.Write($"var w{name}_{j} = {weights(j)};");
            for (int v = 0; v < Vectors; v++)
            {
                writer.Write($"{Sum(j, v)} = Fma(w{name}_{j}, x{name}{Letter(v)}, {Sum(j, v)});");
            }
        }
    }

    private string Features(string x, int vector, int feature) => $"LoadRows(ref {x}, {(FirstRow(vector) * plan.Features) + feature})";

    private string Weights(string w, int j, int column) => $"LoadWeights(ref {w}, {(j * plan.Columns) + column})";

    // Of two rows to a vector, the second is the next but one: that is the order in which sums of chains leave rows in theirs.
    private int FirstRow(int vector) => width.Lanes == PredictionPlan.MostChains ? vector : (vector / 2 * 4) + (vector % 2);

    private static string Sum(int j, int vector) => $"s{j}{Letter(vector)}";

    private static char Letter(int vector) => (char)('a' + vector);
}
