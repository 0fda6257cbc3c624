using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The scores of one row, of all products: in straight code, or in a loop over the features where that is long.</summary>
/// <param name="writer">Takes the code.</param>
/// <param name="plan">The plan.</param>
/// <param name="unrolled">Features in straight code, or in one turn of the loop.</param>
internal sealed class RowSumsEmitter(SourceWriter writer, KernelPlan plan, int unrolled) : IRowSums
{
    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly string _ref = $"ref {plan.Scalar}";

    public string Parameters => "";

    public string Unused => "";

    public bool IsAlikeForAllClasses => true;

    private bool IsLooped => unrolled < plan.Features;

    public bool HasFewLocals => false;

    public void EmitLooks()
    {
        // Every feature has products.
    }

    public void EmitSums(IReadOnlyList<ClassVector> vectors, int first, string name, string weights, bool declares)
    {
        int chains = _prediction.Chains;

        // The only chain is the sum itself.
        string declaration = declares || chains > 1 ? "var " : "";
        if (IsLooped)
        {
            EmitLooped(vectors, first, name, weights, declaration);
        }
        else
        {
            EmitBeginning(vectors, first, weights, chains: 1, declaration);
            EmitFeatures(vectors, first, "x", weights, plan.Features, name, begins: true);
        }

        for (int v = 0; v < vectors.Count && chains > 1; v++)
        {
            string sum = PredictionText.SumOfChains(chains, chain => PredictionText.Chain(plan, first + v, chain));
            writer.Write($"{(declares ? "var " : "")}s{first + v} = {sum};");
        }
    }

    private void EmitLooped(IReadOnlyList<ClassVector> vectors, int first, string name, string weights, string declaration)
    {
        (string x, string w) = ($"xk{name}", $"wk{name}");
        writer.Write($"""
            {_ref} {x} = ref x;
            {_ref} {w} = ref {weights};
            """);
        EmitBeginning(vectors, first, w, _prediction.Chains, declaration);
        writer.Turns(plan.Features, unrolled, features => EmitFeatures(vectors, first, x, w, features, "", begins: false), $"""
            {x} = ref At(ref {x}, {unrolled});
            {w} = ref At(ref {w}, {unrolled * _prediction.ColumnLanes});
            """);
        writer.BlankLine();
    }

    // The bias begins the first chain.
    private void EmitBeginning(IReadOnlyList<ClassVector> vectors, int first, string w, int chains, string declaration)
    {
        for (int v = 0; v < vectors.Count; v++)
        {
            for (int chain = 0; chain < chains; chain++)
            {
                string beginning = chain == 0 ? $"Load(ref {w}, {vectors[v].Offset})" : "Zero()";
                writer.Write($"{declaration}{PredictionText.Chain(plan, first + v, chain)} = {beginning};");
            }
        }
    }

    // The bias is column 0, so the weights of the next feature lie one column on. In straight code the first products begin the chains that the bias does not.
    private void EmitFeatures(IReadOnlyList<ClassVector> vectors, int first, string x, string w, int features, string name, bool begins)
    {
        for (int k = 0; k < features; k++)
        {
            int chain = k % _prediction.Chains;
            writer.Write($"var x{k + 1}{name} = Broadcast(ref {x}, {k});");
            for (int v = 0; v < vectors.Count; v++)
            {
                string weights = $"Load(ref {w}, {((1 + k) * _prediction.ColumnLanes) + vectors[v].Offset})";
                string sum = PredictionText.Chain(plan, first + v, chain);
                writer.Write(begins && k > 0 && k < _prediction.Chains
                    ? $"var {sum} = {weights} * x{k + 1}{name};"
                    : $"{sum} = Fma({weights}, x{k + 1}{name}, {sum});");
            }
        }
    }
}
