using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The scores of one row without the products that are not live. Those that are come in the order and in the chains of all products, so that a score has
/// the same bits, the sign of a zero aside.
/// </summary>
internal sealed class LiveSumsEmitter(SourceWriter writer, KernelPlan plan, LiveProducts live) : IRowSums
{
    private readonly PredictionPlan _prediction = plan.Prediction;

    public string Parameters => "";

    public string Unused => live.Looks.Count > 0 ? "unused" : "";

    public bool IsAlikeForAllClasses => false;

    public bool HasFewLocals => false;

    // 0 * x is NaN for a feature that is not finite, which the product with a weight of 0 would have told.
    public void EmitLooks()
    {
        int chains = live.LookChains;
        for (int i = 0; i < live.Looks.Count; i++)
        {
            string features = $"{(live.LooksAreVectors ? "Load" : "Broadcast")}(ref x, {live.Looks[i]})";
            string sum = Chain(i % chains);
            writer.Write(i < chains ? $"var {sum} = {features} * Zero();" : $"{sum} = Fma({features}, Zero(), {sum});");
        }

        if (chains > 0)
        {
            writer.Write($"var {Unused} = {PredictionText.SumOfChains(chains, Chain)};");
        }

        string Chain(int chain) => $"{Unused}{(char)('a' + chain)}";
    }

    // One local takes all features in turn: the JIT inlines into methods of few locals alone.
    public void EmitSums(IReadOnlyList<ClassVector> vectors, int first, string name, string weights, bool declares)
    {
        int chains = _prediction.Chains;
        var begun = new HashSet<string>();
        for (int v = 0; v < vectors.Count; v++)
        {
            begun.Add(Sum(v, 0));
            writer.Write($"var {Sum(v, 0)} = Load(ref {weights}, {vectors[v].Offset});");
        }

        string declaration = "var ";
        for (int k = 0; k < plan.Features; k++)
        {
            int feature = k;
            int[] lives = [.. Enumerable.Range(0, vectors.Count).Where(v => live.IsLive(vectors[v], feature))];
            if (lives.Length == 0)
            {
                continue;
            }

            writer.Write($"{declaration}xk{name} = Broadcast(ref x, {k});");
            declaration = "";
            foreach (int v in lives)
            {
                string lanes = $"Load(ref {weights}, {((1 + k) * _prediction.ColumnLanes) + vectors[v].Offset})";
                string chain = Sum(v, k % chains);
                writer.Write(begun.Add(chain) ? $"var {chain} = {lanes} * xk{name};" : $"{chain} = Fma({lanes}, xk{name}, {chain});");
            }
        }

        for (int v = 0; v < vectors.Count && chains > 1; v++)
        {
            int vector = v;
            writer.Write($"var s{first + v} = {PredictionText.SumOfChains(chains, chain => begun.Contains(Sum(vector, chain)) ? Sum(vector, chain) : null)};");
        }

        string Sum(int vector, int chain) => PredictionText.Chain(plan, first + vector, chain);
    }
}
