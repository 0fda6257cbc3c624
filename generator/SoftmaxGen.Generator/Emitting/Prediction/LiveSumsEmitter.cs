using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The scores of one row without the products that are not live. Those that are come in the order and in the chains of all products, so that a score has
/// the same bits, the sign of a zero aside.
/// </summary>
internal sealed class LiveSumsEmitter(SourceWriter writer, KernelPlan plan, LiveProducts live)
{
    private readonly PredictionPlan _prediction = plan.Prediction;

    /// <summary>The vector that is not finite when a feature without live products is not; empty when there is no such feature.</summary>
    public string Unused => live.Looks.Count > 0 ? "unused" : "";

    /// <summary>Emits <see cref="Unused"/>: 0 * x is NaN for a feature that is not finite, which the product with a weight of 0 would have told.</summary>
    public void EmitLooks()
    {
        int chains = Math.Min(_prediction.Chains, live.Looks.Count);
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

    /// <summary>
    /// Emits the sums <c>s0</c>, <c>s1</c> and so on of some vectors of classes. One local takes all features in turn: the JIT inlines into methods of few
    /// locals alone.
    /// </summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="sum">The name of a chain of one of the vectors.</param>
    /// <param name="first">The number of the first sum.</param>
    /// <param name="name">What the local's name ends with.</param>
    public void EmitSums(IReadOnlyList<ClassVector> vectors, Func<int, int, string> sum, int first, string name)
    {
        int chains = _prediction.Chains;
        var begun = new HashSet<string>();
        for (int v = 0; v < vectors.Count; v++)
        {
            begun.Add(sum(v, 0));
            writer.Write($"var {sum(v, 0)} = Load(ref w, {vectors[v].Offset});");
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
                string weights = $"Load(ref w, {((1 + k) * _prediction.ColumnLanes) + vectors[v].Offset})";
                string chain = sum(v, k % chains);
                writer.Write(begun.Add(chain) ? $"var {chain} = {weights} * xk{name};" : $"{chain} = Fma({weights}, xk{name}, {chain});");
            }
        }

        for (int v = 0; v < vectors.Count && chains > 1; v++)
        {
            int vector = v;
            writer.Write($"var s{first + v} = {PredictionText.SumOfChains(chains, chain => begun.Contains(sum(vector, chain)) ? sum(vector, chain) : null)};");
        }
    }
}
