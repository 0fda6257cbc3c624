using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Sums over rows as they stand. Four vectors of chains become one whose lanes are rows. To pack four features of a block takes 12 shuffles and 4 stores,
/// and a store of 512 bits keeps multiply-adds waiting.
/// Here two rows to a vector take 4 shuffles for each few classes and one for each class, one row takes none; and each class takes six in the end, however
/// many features there are.
/// </summary>
internal sealed class StandingSumsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, StandingBatch form) : IBatchSums
{
    private const int Chains = StandingBatch.Chains;
    private const int Vectors = StandingBatch.Vectors;

    private readonly string _ref = $"ref {plan.Scalar}";

    public string Description => $"The rows are taken as they stand, {form.RowsPerVector} to a vector.";

    public string Rows => "x";

    public string Offset(string lane) => $"{lane} * {plan.Features}";

    public void EmitBlock()
    {
    }

    public void EmitOperations() => new StandingOperationsEmitter(writer, plan, width, form).Emit();

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

        int whole = plan.Features - form.Rest;
        if (form.UnrolledFeatures(classes) < whole)
        {
            EmitTurns(classes, whole, x, w);
        }
        else
        {
            EmitSteps(classes, whole, x, w, 1);
        }

        if (form.Rest > 0)
        {
            EmitRest(classes, x, w);
        }
    }

    public string Score(int j, string t) => $"SumChains({string.Join(", ", Enumerable.Range(0, Vectors).Select(v => Sum(j, v)))})";

    private void EmitTurns(int classes, int features, string x, string w)
    {
        int perTurn = form.UnrolledFeatures(classes);
        writer.Open();
        writer.Write($"""
            {_ref} xk = ref {x};
            {_ref} wk = ref At(ref {w}, 1);
            """);
        writer.Turns(features, perTurn, count => EmitSteps(classes, count, "xk", "wk", 0), $"""
            xk = ref At(ref xk, {perTurn});
            wk = ref At(ref wk, {perTurn});
            """);
        writer.Close();
        writer.BlankLine();
    }

    private void EmitSteps(int classes, int features, string x, string w, int firstWeight)
    {
        for (int k = 0; k < features; k += Chains)
        {
            int step = k;
            EmitStep(classes, $"{k + 1}", v => Features(x, v, step), j => Weights(w, j, firstWeight + step));
        }
    }

    // The last features are those of the last vector that fits the row, turned into their chains; weights of those that were summed before are cleared.
    private void EmitRest(int classes, string x, string w)
    {
        int first = plan.Features - Chains;
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
    private int FirstRow(int vector) => form.RowsPerVector == 1 ? vector : (vector / 2 * 4) + (vector % 2);

    private static string Sum(int j, int vector) => $"s{j}{Letter(vector)}";

    private static char Letter(int vector) => (char)('a' + vector);
}
