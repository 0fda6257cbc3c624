using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The prediction of one row whose scores all stay in registers.</summary>
internal sealed class RegisterRowEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, IRowSums sums, string prefix) : IRowForm
{
    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    // Sums of live products differ from model to model, and are too many.
    private bool SharesSums => (row.SharesSums || sums.HasFewLocals) && sums.IsAlikeForAllClasses;

    private string Attribute => row.IsInlined ? KernelText.OptimizeInline : KernelText.OptimizeApart;

    private bool HasSecondWord => !row.IsSplit && plan.Classes > PredictionPlan.WordClasses;

    private IEnumerable<string> Sums => row.Vectors.Select(static (_, v) => $"s{v}");

    public void EmitBest(bool withProbability)
    {
        string probability = withProbability ? ", and its probability 1 / sum_j exp(S_j - max)" : "";
        writer.Open($"""
            // The class with the largest of the scores S = W x{probability}; the lowest of several; -1 when a score is not finite.
            {Attribute}
            internal static int {prefix}Best({_ref} x, {_ref} w{sums.Parameters}{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        if (withProbability)
        {
            writer.Write("probability = 0;");
        }

        EmitSumsOrCall();
        EmitCheck("-1");
        EmitLargest();
        EmitLanesOfLargest();
        if (withProbability)
        {
            EmitExponentials();
            writer.Write($"probability = 1 / Total({SumOfExponentials()});");
        }

        // A mask of no lane stands for NaN, where scores are not checked; it counts as class 0.
        string lane = (HasSecondWord, _prediction.ChecksScores) switch
        {
            (false, true) => "BitOperations.TrailingZeroCount(classes)",
            (false, false) => "BitOperations.TrailingZeroCount(classes) & 63",
            (true, true) => "classes != 0 ? BitOperations.TrailingZeroCount(classes) : 64 + BitOperations.TrailingZeroCount(others)",
            (true, false) => "classes != 0 ? BitOperations.TrailingZeroCount(classes) : (64 + BitOperations.TrailingZeroCount(others)) & 127",
        };
        if (row.IsSplit)
        {
            writer.Write($"""
                uint lane = (uint)({lane});
                return (int)(lane - ({Repetitions}));
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
            {Attribute}
            internal static bool {prefix}Scores({_ref} x, {_ref} w{sums.Parameters}, {_ref} s)
            """);
        EmitSumsOrCall();
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
            {Attribute}
            internal static bool {prefix}Probabilities({_ref} x, {_ref} w{sums.Parameters}, {_ref} p)
            """);
        EmitSumsOrCall();
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

    public void EmitSums()
    {
        if (!SharesSums)
        {
            return;
        }

        writer.Open($"""
            // S = W x in vectors of classes, for all that follows.
            {KernelText.Inline}
            private static void {prefix}Sums({_ref} x, {_ref} w{sums.Parameters}, {string.Join(", ", Sums.Select(static sum => $"out Vector {sum}"))})
            """);
        EmitSums(declares: false);
        writer.Close();
        writer.BlankLine();
    }

    public void EmitShared()
    {
        NewClassesEmitter.Emit(writer, plan, width, row);
        if (row.IsSplit)
        {
            writer.BlankLine();
            writer.Write($$"""
                // A vector of more lanes than classes: its upper half lies over part of the lower.
                {{KernelText.Inline}}
                private static void StoreHalves(Vector value, {{_ref}} target)
                {
                    {{StoreHalf("Lower", "ref target")}};
                    {{StoreHalf("Upper", $"ref Unsafe.Add(ref target, {plan.Classes - _prediction.Chunk})")}};
                }
                """);
        }
    }

    // Half of the narrowest vector is none, but has the size of a double.
    private string StoreHalf(string half, string target) => width.Bits > 128
        ? $"value.Get{half}().StoreUnsafe({target})"
        : $"Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>({target}), value.AsDouble().GetElement({(half == "Lower" ? 0 : 1)}))";

    private void EmitSumsOrCall()
    {
        if (SharesSums)
        {
            writer.Write($"{prefix}Sums(ref x, ref w{sums.Parameters.Replace("int ", "")}, {string.Join(", ", Sums.Select(static sum => $"out var {sum}"))});");
        }
        else
        {
            EmitSums(declares: true);
        }
    }

    // As many at a time as the registers hold.
    private void EmitSums(bool declares)
    {
        sums.EmitLooks();
        for (int first = 0; first < row.Vectors.Count; first += row.VectorsPerPass)
        {
            string name = row.Vectors.Count > row.VectorsPerPass ? $"{(char)('a' + (first / row.VectorsPerPass))}" : "";
            sums.EmitSums([.. row.Vectors.Skip(first).Take(row.VectorsPerPass)], first, name, "w", declares);
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

    // Vectors fill the first word, so that the others have bits of the second alone: what the last of them repeats is known.
    private void EmitLanesOfLargest()
    {
        writer.Write("ulong classes = LanesOf(s0, max);");
        string word = "classes";
        for (int v = 1; v < row.Vectors.Count; v++)
        {
            int first = row.Vectors[v].FirstClass;
            bool isInSecond = first + width.Lanes > PredictionPlan.WordClasses;
            string bits = $"LanesOf(s{v}, max) {(isInSecond ? Shift(first - PredictionPlan.WordClasses) : Shift(first))}".TrimEnd();
            string target = isInSecond ? "others" : "classes";
            writer.Write($"{(target == word ? $"{target} |=" : $"ulong {target} =")} {bits};");
            word = target;
        }
    }

    private void EmitLargest()
    {
        string largest = row.Vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Larger({left}, {right})");
        writer.Write($"{_scalar} max = Largest({largest});");
    }

    private static string Shift(int places) => places == 0 ? "" : places > 0 ? $"<< {places}" : $">> {-places}";

    private void EmitExponentials()
    {
        for (int v = 0; v < row.Vectors.Count; v++)
        {
            writer.Write($"var e{v} = ExpOrZero(s{v} - Constant(max));");
        }
    }

    // Of how many classes a lane lies behind its own.
    private string Repetitions => _prediction.Repeated == 1 ? $"lane / {_prediction.Chunk}" : $"lane / {_prediction.Chunk} * {_prediction.Repeated}";

    // Lanes that repeat a class do not count twice.
    private string SumOfExponentials() => row.Vectors.Count == 1
        ? Exponentials(row.Vectors[0], 0)
        : string.Join(" + ", row.Vectors.Select((vector, v) => Exponentials(vector, v) is var e && e.Contains(' ') ? $"({e})" : e));

    private string Exponentials(ClassVector vector, int v) => vector.Repeated > 0 || row.IsSplit ? $"e{v} & NewClasses()" : $"e{v}";

    private void EmitStore(string value, string target, ClassVector vector) => writer.Write(row.IsSplit
        ? $"StoreHalves({value}, ref {target});"
        : $"Store({value}, ref {target}, {vector.FirstClass});");
}
