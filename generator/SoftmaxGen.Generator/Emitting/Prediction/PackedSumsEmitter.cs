using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>Sums over rows that are packed first, a block at a time, while it is in the nearest cache: lanes are rows.</summary>
internal sealed class PackedSumsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width) : IBatchSums
{
    // Multiplications without a loop over the features, and in one turn of it: fewer where the last group of classes has code of its own.
    private const int NoLoop = 96;
    private const int MostPerTurn = 48;

    // Chains that are summed side by side; the others follow in a second pass over the features.
    private const int MostChains = 2;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _chains = plan.Prediction.Chains;

    public string Description => "The rows are packed block by block.";

    public string Rows => "packed";

    // One load of a row vector serves a group of classes; their sums stay in registers.
    public int LargestGroup => Math.Max(1, (width.Bits == 512 ? 26 : 12) / PassChains);

    private int PassChains => Math.Min(_chains, MostChains);

    private int PerTurn => plan.Classes > LargestGroup ? MostPerTurn / 2 : MostPerTurn;

    // The first chain of the last pass.
    private int LastPass => _chains - PassChains;

    public void EmitBlock() => writer.Write($"RowPacker.PackBlock(ref x, {plan.Features}, ref packed);");

    public string Offset(string lane) => lane;

    public void EmitSums(int classes, string x, string w, string t)
    {
        for (int first = 0; first < _chains; first += PassChains)
        {
            EmitPass(classes, first, x, w);
            for (int j = 0; j < classes && first < LastPass; j++)
            {
                writer.Write($"Store({SumOfPass(j, first)}, ref {t}, {j * plan.BlockRows});");
            }
        }
    }

    public string Score(int j, string t) => LastPass == 0
        ? SumOfPass(j, LastPass)
        : $"Load(ref {t}, {j * plan.BlockRows}) + ({SumOfPass(j, LastPass)})";

    private string SumOfPass(int j, int first) => PredictionText.SumOfChains(PassChains, chain => Sum(j, first + chain));

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
