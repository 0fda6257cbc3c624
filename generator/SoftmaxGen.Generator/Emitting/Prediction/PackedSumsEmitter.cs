using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>Sums over rows that are packed first.</summary>
internal sealed class PackedSumsEmitter(SourceWriter writer, KernelPlan plan, PackedBatch form) : IBatchSums
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _chains = plan.Prediction.Chains;
    private readonly int _passChains = form.PassChains;

    public string Description => "The rows are packed block by block.";

    public string Rows => "packed";

    private int Length => plan.Features * plan.BlockRows;

    // The first chain of the last pass.
    private int LastPass => _chains - _passChains;

    public void EmitBlock() => writer.Write(
        $"RowPacker.PackBlock(MemoryMarshal.CreateReadOnlySpan(ref x, {Length}), {plan.Features}, MemoryMarshal.CreateSpan(ref packed, {Length}));");

    public string Offset(string lane) => lane;

    public void EmitOperations()
    {
    }

    public void EmitSums(int classes, string x, string w, string t)
    {
        for (int first = 0; first < _chains; first += _passChains)
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

    private string SumOfPass(int j, int first) => PredictionText.SumOfChains(_passChains, chain => Sum(j, first + chain));

    private void EmitPass(int classes, int first, string x, string w)
    {
        for (int j = 0; j < classes; j++)
        {
            for (int chain = first; chain < first + _passChains; chain++)
            {
                writer.Write($"var {Sum(j, chain)} = {(chain == 0 ? $"Broadcast(ref {w}, {j * plan.Columns})" : "Zero()")};");
            }
        }

        if (form.UnrolledFeatures(classes) < plan.Features)
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
        int perTurn = form.UnrolledFeatures(classes);
        writer.Write($"""
            {_ref} xk = ref {x};
            {_ref} wk = ref At(ref {w}, 1);
            """);
        writer.Turns(plan.Features, perTurn, features => EmitFeatures(classes, features, first, "xk", "wk", 0), $"""
            xk = ref At(ref xk, {perTurn * plan.BlockRows});
            wk = ref At(ref wk, {perTurn});
            """);
    }

    private void EmitFeatures(int classes, int features, int first, string x, string w, int firstWeight)
    {
        for (int k = 0; k < features; k++)
        {
            int chain = k % _chains;
            if (chain < first || chain >= first + _passChains)
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
