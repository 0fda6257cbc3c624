using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The prediction of one row whose scores all stay in registers.</summary>
internal sealed class RegisterRowEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, IRowSums sums, string prefix) : IRowForm
{
    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    public void EmitBest(bool withProbability)
    {
        writer.Open($"""
            // The class with the largest of the scores S = W x{(withProbability ? ", and its probability 1 / sum_j exp(S_j - max)" : "")}; the lowest of several; -1 when a score is not finite.
            internal static int {prefix}Best({_ref} x, {_ref} w{sums.Parameters}{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        if (withProbability)
        {
            writer.Write("probability = 0;");
        }

        EmitSums();
        EmitCheck("-1");
        EmitLargest();
        writer.Write($"ulong classes = LanesOf(s0, max);");
        for (int v = 1; v < row.Vectors.Count; v++)
        {
            writer.Write($"classes |= LanesOf(s{v}, max) << {row.Vectors[v].FirstClass};");
        }

        if (withProbability)
        {
            EmitExponentials();
            writer.Write($"probability = 1 / Total({SumOfExponentials()});");
        }

        // A mask of no lane stands for NaN, where scores are not checked; it counts as class 0.
        string lane = $"BitOperations.TrailingZeroCount(classes){(_prediction.ChecksScores ? "" : " & 63")}";
        if (row.IsSplit)
        {
            writer.Write($"""
                int lane = {lane};
                return lane - (lane / {_prediction.Chunk} * {_prediction.Repeated});
                """);
        }
        else
        {
            writer.Write($"return {lane};");
        }

        writer.Close();
    }

    public void EmitScores()
    {
        writer.Open($"""
            // S = W x; false when a score is not finite.
            internal static bool {prefix}Scores({_ref} x, {_ref} w{sums.Parameters}, {_ref} s)
            """);
        EmitSums();
        EmitCheck("false");
        for (int v = 0; v < row.Vectors.Count; v++)
        {
            EmitStore($"s{v}", "s", row.Vectors[v]);
        }

        writer.Write("return true;");
        writer.Close();
    }

    public void EmitProbabilities()
    {
        writer.Open($"""
            // P_j = e_j / sum_k e_k with e_j = exp(S_j - max); false when a score is not finite.
            internal static bool {prefix}Probabilities({_ref} x, {_ref} w{sums.Parameters}, {_ref} p)
            """);
        EmitSums();
        EmitCheck("false");
        EmitLargest();
        EmitExponentials();
        writer.Write($"var inverse = Constant(1 / Total({SumOfExponentials()}));");
        for (int v = 0; v < row.Vectors.Count; v++)
        {
            EmitStore($"e{v} * inverse", "p", row.Vectors[v]);
        }

        writer.Write("return true;");
        writer.Close();
    }

    public void EmitShared() => NewClassesEmitter.Emit(writer, plan, width, row);

    // As many at a time as the registers hold.
    private void EmitSums()
    {
        sums.EmitLooks();
        for (int first = 0; first < row.Vectors.Count; first += row.VectorsPerPass)
        {
            string name = row.Vectors.Count > row.VectorsPerPass ? $"{(char)('a' + (first / row.VectorsPerPass))}" : "";
            sums.EmitSums([.. row.Vectors.Skip(first).Take(row.VectorsPerPass)], first, name, "w");
        }
    }

    private void EmitCheck(string failure)
    {
        if (!_prediction.ChecksScores)
        {
            return;
        }

        string all = row.Vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Fma({right}, Zero(), {left})");
        writer.Block($"if (!AllFinite({all}{PredictionText.Plus(sums.Unused)}))", $"return {failure};");
        writer.BlankLine();
    }

    private void EmitLargest()
    {
        string largest = row.Vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Larger({left}, {right})");
        writer.Write($"{_scalar} max = Largest({largest});");
    }

    private void EmitExponentials()
    {
        for (int v = 0; v < row.Vectors.Count; v++)
        {
            writer.Write($"var e{v} = ExpOrZero(s{v} - Constant(max));");
        }
    }

    // Lanes that repeat a class do not count twice.
    private string SumOfExponentials() => string.Join(" + ", row.Vectors.Select(
        (vector, v) => vector.Repeated > 0 || row.IsSplit ? $"(e{v} & NewClasses())" : $"e{v}"));

    private void EmitStore(string value, string target, ClassVector vector) => writer.Write(row.IsSplit
        ? $"SplitVector.Store({value}, ref {target}, {plan.Classes - _prediction.Chunk});"
        : $"Store({value}, ref {target}, {vector.FirstClass});");
}
