using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The prediction of one row whose scores all stay in registers.</summary>
internal sealed class RegisterRowEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, IRowSums sums, string prefix) : IRowForm
{
    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly IReadOnlyList<ClassVector> _vectors = plan.Prediction.Vectors(width.Lanes);
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    // One vector of two chunks, of which the upper one repeats classes of the lower.
    private bool IsSplit => width.Lanes > _prediction.Chunk;

    // Sums held in registers at a time.
    private int MostSums => width.Bits == 512 ? 24 : 12;

    public void EmitBest(bool withProbability)
    {
        writer.Open($"""
            // The class with the largest of the scores S = W x{(withProbability ? ", and its probability 1 / sum_j exp(S_j - max)" : "")}; the lowest of several; -1 when a score is not finite.
            internal static int {prefix}Best({_ref} x, {_ref} w{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        if (withProbability)
        {
            writer.Write("probability = 0;");
        }

        EmitSums();
        EmitCheck("-1");
        EmitLargest();
        writer.Write($"ulong classes = LanesOf(s0, max);");
        for (int v = 1; v < _vectors.Count; v++)
        {
            writer.Write($"classes |= LanesOf(s{v}, max) << {_vectors[v].FirstClass};");
        }

        if (withProbability)
        {
            EmitExponentials();
            writer.Write($"probability = 1 / Total({SumOfExponentials()});");
        }

        // A mask of no lane stands for NaN, where scores are not checked; it counts as class 0.
        string lane = $"BitOperations.TrailingZeroCount(classes){(_prediction.ChecksScores ? "" : " & 63")}";
        if (IsSplit)
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
            internal static bool {prefix}Scores({_ref} x, {_ref} w, {_ref} s)
            """);
        EmitSums();
        EmitCheck("false");
        for (int v = 0; v < _vectors.Count; v++)
        {
            EmitStore($"s{v}", "s", _vectors[v]);
        }

        writer.Write("return true;");
        writer.Close();
    }

    public void EmitProbabilities()
    {
        writer.Open($"""
            // P_j = e_j / sum_k e_k with e_j = exp(S_j - max); false when a score is not finite.
            internal static bool {prefix}Probabilities({_ref} x, {_ref} w, {_ref} p)
            """);
        EmitSums();
        EmitCheck("false");
        EmitLargest();
        EmitExponentials();
        writer.Write($"var inverse = Constant(1 / Total({SumOfExponentials()}));");
        for (int v = 0; v < _vectors.Count; v++)
        {
            EmitStore($"e{v} * inverse", "p", _vectors[v]);
        }

        writer.Write("return true;");
        writer.Close();
    }

    public void EmitShared()
    {
        (int first, int count) = IsSplit
            ? (_prediction.Chunk, _prediction.Repeated)
            : (0, _vectors.Max(static vector => vector.Repeated));
        NewClassesEmitter.Emit(writer, plan, width, first, count);
    }

    // As many at a time as the registers hold.
    private void EmitSums()
    {
        sums.EmitLooks();
        int perGroup = Math.Max(1, MostSums / _prediction.Chains);
        for (int first = 0; first < _vectors.Count; first += perGroup)
        {
            string name = _vectors.Count > perGroup ? $"{(char)('a' + (first / perGroup))}" : "";
            sums.EmitSums([.. _vectors.Skip(first).Take(perGroup)], first, name, "w");
        }
    }

    private void EmitCheck(string failure)
    {
        if (!_prediction.ChecksScores)
        {
            return;
        }

        string all = _vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Fma({right}, Zero(), {left})");
        writer.Open($"if (!AllFinite({all}{PredictionText.Plus(sums.Unused)}))");
        writer.Write($"return {failure};");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitLargest()
    {
        string largest = _vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Larger({left}, {right})");
        writer.Write($"{_scalar} max = Largest({largest});");
    }

    private void EmitExponentials()
    {
        for (int v = 0; v < _vectors.Count; v++)
        {
            writer.Write($"var e{v} = ExpOrZero(s{v} - Constant(max));");
        }
    }

    // Lanes that repeat a class do not count twice.
    private string SumOfExponentials() => string.Join(" + ", _vectors.Select(
        (vector, v) => vector.Repeated > 0 || IsSplit ? $"(e{v} & NewClasses())" : $"e{v}"));

    private void EmitStore(string value, string target, ClassVector vector) => writer.Write(IsSplit
        ? $"SplitVector.Store({value}, ref {target}, {plan.Classes - _prediction.Chunk});"
        : $"Store({value}, ref {target}, {vector.FirstClass});");
}
