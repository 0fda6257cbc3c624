using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The scores of one row, of its terms: values in columns, of which some are known here and the others are read from the row's own list.</summary>
internal sealed class TermSumsEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows) : IRowSums
{
    /// <summary>The columns of the terms.</summary>
    public const string ColumnsParameter = ", ref int c";

    private readonly PredictionPlan _prediction = plan.Prediction;

    public string Parameters => ColumnsParameter;

    public string Unused => "";

    public bool IsAlikeForAllClasses => true;

    public bool HasFewLocals => true;

    public void EmitLooks()
    {
        // A value that is not finite makes the scores so.
    }

    public void EmitSums(IReadOnlyList<ClassVector> vectors, int first, string name, string weights, bool declares)
    {
        int chains = Math.Min(_prediction.Chains, rows.Terms);

        // The only chain is the sum itself.
        string declaration = declares || _prediction.Chains > 1 ? "var " : "";
        for (int v = 0; v < vectors.Count; v++)
        {
            writer.Write($"{declaration}{Sum(v, 0)} = Load(ref {weights}, {vectors[v].Offset});");
        }

        // One local takes all values in turn, and one all columns: the JIT inlines into methods of few locals alone.
        int?[] columns = [.. rows.KnownColumns];
        bool[] ones = [.. rows.Ones];
        writer.Write($"ref {plan.Scalar} wk{name} = ref {weights};");
        for (int term = 0; term < columns.Length; term++)
        {
            if (!ones[term])
            {
                writer.Write($"{(term == Array.IndexOf(ones, false) ? "var " : "")}xk{name} = Broadcast(ref x, {term});");
            }

            if (columns[term] is null)
            {
                writer.Write($"wk{name} = ref At(ref {weights}, (nint)At(ref c, {term}) * {_prediction.ColumnLanes});");
            }

            for (int v = 0; v < vectors.Count; v++)
            {
                string products = columns[term] is int column
                    ? $"Load(ref {weights}, {((1 + column) * _prediction.ColumnLanes) + vectors[v].Offset})"
                    : $"Load(ref wk{name}, {_prediction.ColumnLanes + vectors[v].Offset})";
                string sum = Sum(v, term % chains);
                bool begins = term > 0 && term < chains;
                writer.Write((begins, ones[term]) switch
                {
                    (true, true) => $"var {sum} = {products};",
                    (true, false) => $"var {sum} = {products} * xk{name};",
                    (false, true) => $"{sum} += {products};",
                    (false, false) => $"{sum} = Fma({products}, xk{name}, {sum});",
                });
            }
        }

        for (int v = 0; v < vectors.Count && _prediction.Chains > 1; v++)
        {
            writer.Write($"{(declares ? "var " : "")}s{first + v} = {PredictionText.SumOfChains(chains, chain => Sum(v, chain))};");
        }

        string Sum(int vector, int chain) => PredictionText.Chain(plan, first + vector, chain);
    }
}
