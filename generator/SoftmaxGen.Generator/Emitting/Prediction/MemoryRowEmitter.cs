using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The prediction of one row with more scores than registers hold: they wait in memory.</summary>
internal sealed class MemoryRowEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, IRowSums sums, string prefix) : IRowForm
{
    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    private int LoopedPasses => sums.IsAlikeForAllClasses ? row.LoopedPasses : 0;

    // The first class of the last vector, which may overlap the one before.
    private int Last => plan.Classes - width.Lanes;

    public void EmitSums()
    {
        // The scores themselves are what the kernels share.
    }

    public void EmitBest(bool withProbability)
    {
        writer.Open($"""
            // The class with the largest score{(withProbability ? ", and its probability" : "")}; the lowest of several; -1 when a score is not finite.
            {KernelText.Optimize}
            internal static int {prefix}Best({_ref} x, {_ref} w{sums.Parameters}{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        writer.Write($"""
            Span<{_scalar}> scores = stackalloc {_scalar}[{plan.Classes}];
            {_ref} s = ref MemoryMarshal.GetReference(scores);
            """);
        string scores = $"{prefix}Scores(ref x, ref w{sums.Parameters.Replace("int ", "")}, ref s)";
        string best = "IndexOfLargest(ref s)";
        if (_prediction.ChecksScores)
        {
            writer.Block($"if (!{scores})", withProbability ? "probability = 0;\nreturn -1;" : "return -1;");
            writer.BlankLine();
        }
        else
        {
            // A score that is not a number counts as none.
            writer.Write($"{scores};");
            best = $"Ranking<{_scalar}>.IndexOfLargest(scores)";
        }

        writer.Write(withProbability
            ? $"""
                int best = {best};
                Normalize(ref s);
                probability = scores[best];
                return best;
                """
            : $"return {best};");
        writer.Close();
    }

    public void EmitScores()
    {
        writer.Open($"""
            // S = W x, {row.VectorsPerPass * width.Lanes} classes at a time; false when a score is not finite.
            {KernelText.Optimize}
            internal static bool {prefix}Scores({_ref} x, {_ref} w{sums.Parameters}, {_ref} s)
            """);
        sums.EmitLooks();
        writer.Write($"var poison = Zero(){PredictionText.Plus(sums.Unused)};");
        if (LoopedPasses > 0)
        {
            EmitPassLoop();
        }

        for (int first = LoopedPasses * row.VectorsPerPass; first < row.Vectors.Count; first += row.VectorsOfLastPass)
        {
            writer.Open();
            EmitPass([.. row.Vectors.Skip(first).Take(row.VectorsOfLastPass)], "w", "s");
            writer.Close();
            writer.BlankLine();
        }

        writer.Write(_prediction.ChecksScores ? "return AllFinite(poison);" : "return true;");
        writer.Close();
    }

    public void EmitProbabilities()
    {
        writer.Open($"""
            // Probabilities of one row; false when a score is not finite.
            {KernelText.Optimize}
            internal static bool {prefix}Probabilities({_ref} x, {_ref} w{sums.Parameters}, {_ref} p)
            """);
        writer.Write($"""
            bool isFinite = {prefix}Scores(ref x, ref w{sums.Parameters.Replace("int ", "")}, ref p);
            Normalize(ref p);
            return isFinite;
            """);
        writer.Close();
    }

    public void EmitShared()
    {
        writer.BlankLine();
        if (_prediction.ChecksScores)
        {
            EmitIndexOfLargest();
            writer.BlankLine();
        }

        EmitNormalize();
        NewClassesEmitter.Emit(writer, plan, width, row);
    }

    private void EmitPassLoop()
    {
        int lanes = row.VectorsPerPass * width.Lanes;
        writer.Open($"for (int first = 0; first < {LoopedPasses * lanes}; first += {lanes})");
        writer.Write($"""
            {_ref} sf = ref At(ref s, first);
            {_ref} wf = ref At(ref w, first);
            """);
        EmitPass([.. row.Vectors.Take(row.VectorsPerPass)], "wf", "sf");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitPass(IReadOnlyList<ClassVector> vectors, string weights, string scores)
    {
        sums.EmitSums(vectors, first: 0, name: "", weights, declares: true);
        for (int v = 0; v < vectors.Count; v++)
        {
            writer.Write($"""
                Store(s{v}, ref {scores}, {vectors[v].FirstClass});
                poison = Fma(s{v}, Zero(), poison);
                """);
        }
    }

    private void EmitIndexOfLargest()
    {
        writer.Open($"""
            // The class with the largest of the scores, all finite; the lowest of several.
            {KernelText.Optimize}
            private static int IndexOfLargest({_ref} s)
            """);
        writer.Write($"var top = Load(ref s, {Last});");
        EmitEachVector("top = Larger(top, Load(ref s, j));");
        writer.Write($"{_scalar} max = Largest(top);");
        EmitEachVector("""
            ulong classes = LanesOf(Load(ref s, j), max);
            if (classes != 0)
            {
                return (int)j + BitOperations.TrailingZeroCount(classes);
            }
            """);
        writer.Write($"return {Last} + BitOperations.TrailingZeroCount(LanesOf(Load(ref s, {Last}), max));");
        writer.Close();
    }

    private void EmitNormalize()
    {
        writer.Open($"""
            // From scores to probabilities, in place: P_j = e_j / sum_k e_k with e_j = exp(S_j - max). The last vector may overlap the one before.
            {KernelText.Optimize}
            private static void Normalize({_ref} p)
            """);
        writer.Write($"""
            var last = Load(ref p, {Last});
            var top = last;
            """);
        EmitEachVector("top = Larger(top, Load(ref p, j));");
        writer.Write("""
            var max = Constant(Largest(top));
            var sum = Zero();
            """);
        EmitEachVector("""
            var e = ExpOrZero(Load(ref p, j) - max);
            Store(e, ref p, j);
            sum += e;
            """);
        writer.Write($"""
            last = ExpOrZero(last - max);
            sum += {(row.Repeated > 0 ? "last & NewClasses()" : "last")};
            var inverse = Constant(1 / Total(sum));
            """);
        EmitEachVector("Store(Load(ref p, j) * inverse, ref p, j);");
        writer.Write($"Store(last * inverse, ref p, {Last});");
        writer.Close();
    }

    private void EmitEachVector(string statements)
    {
        writer.Block($"for (nuint j = 0; j < {Last}; j += {width.Lanes})", statements);
        writer.BlankLine();
    }
}
