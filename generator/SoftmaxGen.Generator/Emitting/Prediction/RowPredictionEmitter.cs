using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The prediction of one row: lanes are classes, features are broadcast against the columns of the weights. All products, or the live ones alone: then the
/// kernels bear other names, and share what does not depend on the weights with those of all products.
/// </summary>
internal sealed class RowPredictionEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, LiveProducts? live = null)
{
    // Vectors of classes in one pass of a row whose scores wait in memory.
    private const int VectorsPerPass = 8;

    private readonly PredictionPlan _prediction = plan.Prediction;
    private readonly IReadOnlyList<ClassVector> _vectors = plan.Prediction.Vectors(plan.Classes, width.Lanes);
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly LiveSumsEmitter? _liveSums = live is null ? null : new LiveSumsEmitter(writer, plan, live);
    private readonly string _prefix = live is null ? RowKernel.All : RowKernel.Sparse;

    // One vector of two chunks, of which the upper one repeats classes of the lower.
    private bool IsSplit => width.Lanes > _prediction.Chunk;

    // Lanes of the last vector that the one before has too, when a row's scores lie in memory, vector by vector and the last one from the end.
    private int RepeatedInMemory => (width.Lanes - (plan.Classes % width.Lanes)) % width.Lanes;

    // Sums held in registers at a time.
    private int MostSums => width.Bits == 512 ? 24 : 12;

    public void Emit()
    {
        if (_prediction.InRegisters)
        {
            EmitBest(withProbability: false);
            writer.BlankLine();
            EmitBest(withProbability: true);
            writer.BlankLine();
            EmitScores();
            writer.BlankLine();
            EmitProbabilities();
        }
        else
        {
            EmitBestInMemory(withProbability: false);
            writer.BlankLine();
            EmitBestInMemory(withProbability: true);
            writer.BlankLine();
            EmitScoresInMemory();
            writer.BlankLine();
            EmitProbabilitiesInMemory();
        }

        if (live is null)
        {
            EmitShared();
        }
    }

    private void EmitShared()
    {
        if (!_prediction.InRegisters)
        {
            writer.BlankLine();
            EmitNormalize();
        }

        EmitNewClasses();
    }

    private void EmitBest(bool withProbability)
    {
        writer.Open($"""
            // The class with the largest of the scores S = W x{(withProbability ? ", and its probability 1 / sum_j exp(S_j - max)" : "")}; the lowest of several; -1 when a score is not finite.
            internal static int {_prefix}Best({_ref} x, {_ref} w{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        if (withProbability)
        {
            writer.Write("probability = 0;");
        }

        EmitSums(_vectors);
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
        string lane = $"global::System.Numerics.BitOperations.TrailingZeroCount(classes){(_prediction.ChecksScores ? "" : " & 63")}";
        if (IsSplit)
        {
            writer.Write($"""
                int lane = {lane};
                return lane - (lane / {_prediction.Chunk} * {_prediction.Repeated(plan.Classes)});
                """);
        }
        else
        {
            writer.Write($"return {lane};");
        }

        writer.Close();
    }

    private void EmitScores()
    {
        writer.Open($"""
            // S = W x; false when a score is not finite.
            internal static bool {_prefix}Scores({_ref} x, {_ref} w, {_ref} s)
            """);
        EmitSums(_vectors);
        EmitCheck("false");
        for (int v = 0; v < _vectors.Count; v++)
        {
            EmitStore($"s{v}", "s", _vectors[v]);
        }

        writer.Write("return true;");
        writer.Close();
    }

    private void EmitProbabilities()
    {
        writer.Open($"""
            // P_j = e_j / sum_k e_k with e_j = exp(S_j - max); false when a score is not finite.
            internal static bool {_prefix}Probabilities({_ref} x, {_ref} w, {_ref} p)
            """);
        EmitSums(_vectors);
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

    private void EmitCheck(string failure)
    {
        if (!_prediction.ChecksScores)
        {
            return;
        }

        string all = _vectors.Select(static (_, v) => $"s{v}").Aggregate(static (left, right) => $"Fma({right}, Zero(), {left})");
        writer.Open($"if (!AllFinite({all}{Plus(_liveSums?.Unused)}))");
        writer.Write($"return {failure};");
        writer.Close();
        writer.BlankLine();
    }

    private static string Plus(string? vector) => string.IsNullOrEmpty(vector) ? "" : $" + {vector}";

    private void EmitStore(string value, string target, ClassVector vector) => writer.Write(IsSplit
        ? $"{Names.Numerics}.SplitVector.Store({value}, ref {target}, {plan.Classes - _prediction.Chunk});"
        : $"Store({value}, ref {target}, {vector.FirstClass});");

    // The sums s0, s1 and so on of some vectors, as many at a time as the registers hold.
    private void EmitSums(IReadOnlyList<ClassVector> vectors)
    {
        _liveSums?.EmitLooks();
        int perGroup = Math.Max(1, MostSums / _prediction.Chains);
        for (int first = 0; first < vectors.Count; first += perGroup)
        {
            IReadOnlyList<ClassVector> group = [.. vectors.Skip(first).Take(perGroup)];
            string name = vectors.Count > perGroup ? $"{(char)('a' + (first / perGroup))}" : "";
            if (_liveSums is null)
            {
                EmitGroup(group, first, name);
            }
            else
            {
                EmitLiveGroup(_liveSums, group, first, name);
            }
        }
    }

    private void EmitLiveGroup(LiveSumsEmitter sums, IReadOnlyList<ClassVector> vectors, int first, string name) =>
        sums.EmitSums(vectors, (v, chain) => Sum(first + v, chain), first, name);

    // The bias begins the first chain, the first products begin the others.
    private void EmitGroup(IReadOnlyList<ClassVector> vectors, int first, string name)
    {
        int chains = _prediction.Chains;
        int unrolled = _prediction.UnrolledFeatures(plan.Features, _vectors.Count);
        bool isLooped = unrolled < plan.Features;
        (string x, string w) = isLooped ? ($"xk{name}", $"wk{name}") : ("x", "w");
        if (isLooped)
        {
            writer.Write($"""
                {_ref} {x} = ref x;
                {_ref} {w} = ref w;
                """);
        }

        for (int v = 0; v < vectors.Count; v++)
        {
            for (int chain = 0; chain < chains && (chain == 0 || isLooped); chain++)
            {
                writer.Write($"var {Sum(first + v, chain)} = {(chain == 0 ? $"Load(ref {w}, {vectors[v].Offset})" : "Zero()")};");
            }
        }

        if (isLooped)
        {
            EmitTurns(vectors, first, x, w, unrolled);
        }
        else
        {
            EmitFeatures(vectors, first, x, w, plan.Features, name, declares: true);
        }

        for (int v = 0; v < vectors.Count && chains > 1; v++)
        {
            writer.Write($"var s{first + v} = {PredictionText.SumOfChains(chains, chain => Sum(first + v, chain))};");
        }
    }

    private void EmitTurns(IReadOnlyList<ClassVector> vectors, int first, string x, string w, int unrolled)
    {
        (int turns, int rest) = (plan.Features / unrolled, plan.Features % unrolled);
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        EmitFeatures(vectors, first, x, w, unrolled, "", declares: false);
        writer.Write($"""
            {x} = ref At(ref {x}, {unrolled});
            {w} = ref At(ref {w}, {unrolled * _prediction.ColumnLanes});
            """);
        writer.Close();
        writer.BlankLine();
        if (rest > 0)
        {
            writer.Open();
            EmitFeatures(vectors, first, x, w, rest, "", declares: false);
            writer.Close();
            writer.BlankLine();
        }
    }

    // The bias is column 0, so the weights of the next feature lie one column on.
    private void EmitFeatures(IReadOnlyList<ClassVector> vectors, int first, string x, string w, int features, string name, bool declares)
    {
        for (int k = 0; k < features; k++)
        {
            int chain = k % _prediction.Chains;
            writer.Write($"var x{k + 1}{name} = Broadcast(ref {x}, {k});");
            for (int v = 0; v < vectors.Count; v++)
            {
                string weights = $"Load(ref {w}, {((1 + k) * _prediction.ColumnLanes) + vectors[v].Offset})";
                string sum = Sum(first + v, chain);
                writer.Write(declares && k > 0 && k < _prediction.Chains
                    ? $"var {sum} = {weights} * x{k + 1}{name};"
                    : $"{sum} = Fma({weights}, x{k + 1}{name}, {sum});");
            }
        }
    }

    private string Sum(int vector, int chain) => _prediction.Chains == 1 ? $"s{vector}" : $"s{vector}{(char)('a' + chain)}";

    private void EmitBestInMemory(bool withProbability)
    {
        writer.Open($"""
            // The class with the largest score{(withProbability ? ", and its probability" : "")}; the lowest of several; -1 when a score is not finite.
            internal static int {_prefix}Best({_ref} x, {_ref} w{(withProbability ? $", out {_scalar} probability" : "")})
            """);
        writer.Write($"""
            {Names.Span(_scalar)} scores = stackalloc {_scalar}[{plan.Classes}];
            {_ref} s = ref {Names.Marshal}.GetReference(scores);
            bool isFinite = {_prefix}Scores(ref x, ref w, ref s);
            int best = {Names.Support}.Ranking<{_scalar}>.IndexOfLargest(scores);
            """);
        if (withProbability)
        {
            writer.Write("""
                Normalize(ref s);
                probability = scores[best];
                """);
        }

        writer.Write(_prediction.ChecksScores ? "return isFinite ? best : -1;" : "return best;");
        writer.Close();
    }

    private void EmitScoresInMemory()
    {
        writer.Open($"""
            // S = W x, {VectorsPerPass * width.Lanes} classes at a time; false when a score is not finite.
            {Names.Optimize}
            internal static bool {_prefix}Scores({_ref} x, {_ref} w, {_ref} s)
            """);
        if (_liveSums is null)
        {
            EmitPasses();
        }
        else
        {
            EmitLivePasses(_liveSums);
        }

        writer.Write(_prediction.ChecksScores ? "return AllFinite(poison);" : "return true;");
        writer.Close();
    }

    private void EmitPasses()
    {
        // The last chunk of classes may lie elsewhere in a column than its classes do: it belongs to the last pass.
        int loops = (_vectors.Count - (_prediction.Chunk / width.Lanes)) / VectorsPerPass;
        writer.Write("var poison = Zero();");
        if (loops > 0)
        {
            writer.Open($"for (int first = 0; first < {loops * VectorsPerPass * width.Lanes}; first += {VectorsPerPass * width.Lanes})");
            writer.Write($"{_ref} sf = ref At(ref s, first);");
            writer.Write($"{_ref} wf = ref At(ref w, first);");
            EmitPass([.. _vectors.Take(VectorsPerPass)], "wf", "sf");
            writer.Close();
            writer.BlankLine();
        }

        writer.Open();
        EmitPass([.. _vectors.Skip(loops * VectorsPerPass)], "w", "s");
        writer.Close();
        writer.BlankLine();
    }

    private void EmitLivePasses(LiveSumsEmitter sums)
    {
        sums.EmitLooks();
        writer.Write($"var poison = Zero(){Plus(sums.Unused)};");
        for (int first = 0; first < _vectors.Count; first += VectorsPerPass)
        {
            IReadOnlyList<ClassVector> vectors = [.. _vectors.Skip(first).Take(VectorsPerPass)];
            writer.Open();
            EmitLiveGroup(sums, vectors, 0, "");
            EmitStores(vectors, "s");
            writer.Close();
            writer.BlankLine();
        }
    }

    private void EmitPass(IReadOnlyList<ClassVector> vectors, string w, string s)
    {
        writer.Write($"""
            {_ref} xk = ref x;
            {_ref} wk = ref {w};
            """);
        for (int v = 0; v < vectors.Count; v++)
        {
            for (int chain = 0; chain < _prediction.Chains; chain++)
            {
                writer.Write($"var {Sum(v, chain)} = {(chain == 0 ? $"Load(ref wk, {vectors[v].Offset})" : "Zero()")};");
            }
        }

        EmitTurns(vectors, 0, "xk", "wk", _prediction.UnrolledFeatures(plan.Features, VectorsPerPass));
        for (int v = 0; v < vectors.Count && _prediction.Chains > 1; v++)
        {
            writer.Write($"var s{v} = {PredictionText.SumOfChains(_prediction.Chains, chain => Sum(v, chain))};");
        }

        EmitStores(vectors, s);
    }

    private void EmitStores(IReadOnlyList<ClassVector> vectors, string s)
    {
        for (int v = 0; v < vectors.Count; v++)
        {
            writer.Write($"""
                Store(s{v}, ref {s}, {vectors[v].FirstClass});
                poison = Fma(s{v}, Zero(), poison);
                """);
        }
    }

    private void EmitProbabilitiesInMemory()
    {
        writer.Open($"""
            // Probabilities of one row; false when a score is not finite.
            internal static bool {_prefix}Probabilities({_ref} x, {_ref} w, {_ref} p)
            """);
        writer.Write($"""
            bool isFinite = {_prefix}Scores(ref x, ref w, ref p);
            Normalize(ref p);
            return isFinite;
            """);
        writer.Close();
    }

    private void EmitNormalize()
    {
        int last = plan.Classes - width.Lanes;
        writer.Open($"""
            // From scores to probabilities, in place: P_j = e_j / sum_k e_k with e_j = exp(S_j - max). The last vector may overlap the one before.
            {Names.Optimize}
            private static void Normalize({_ref} p)
            """);
        writer.Write($"""
            var last = Load(ref p, {last});
            var top = last;
            """);
        EmitEachVector(last, "top = Larger(top, Load(ref p, j));");
        writer.Write("""
            var max = Constant(Largest(top));
            var sum = Zero();
            """);
        EmitEachVector(last, """
            var e = ExpOrZero(Load(ref p, j) - max);
            Store(e, ref p, j);
            sum += e;
            """);
        writer.Write($"""
            last = ExpOrZero(last - max);
            sum += {(RepeatedInMemory > 0 ? "last & NewClasses()" : "last")};
            var inverse = Constant(1 / Total(sum));
            """);
        EmitEachVector(last, "Store(Load(ref p, j) * inverse, ref p, j);");
        writer.Write($"Store(last * inverse, ref p, {last});");
        writer.Close();
    }

    private void EmitEachVector(int end, string statements)
    {
        writer.Open($"for (nuint j = 0; j < {end}; j += {width.Lanes})");
        writer.Write(statements);
        writer.Close();
        writer.BlankLine();
    }

    private void EmitNewClasses()
    {
        int repeated = !_prediction.InRegisters ? RepeatedInMemory : IsSplit ? _prediction.Repeated(plan.Classes) : _vectors.Max(static vector => vector.Repeated);
        if (repeated == 0)
        {
            return;
        }

        int firstRepeated = IsSplit ? _prediction.Chunk : 0;
        IEnumerable<string> lanes = Enumerable.Range(0, width.Lanes).Select(lane => lane >= firstRepeated && lane < firstRepeated + repeated ? "0" : "-1");
        (string integer, string cast) = _scalar == "double" ? ("L", "AsDouble") : ("", "AsSingle");
        string vector = $"{Names.Intrinsics}.Vector{width.Bits}";
        writer.BlankLine();
        writer.Write($"""
            // The lanes of the vector that repeats classes whose classes no other lane has.
            {Names.Inline}
            private static {vector}<{_scalar}> NewClasses() =>
                {vector}.{cast}({vector}.Create({string.Join(", ", lanes.Select(lane => lane + integer))}));
            """);
    }
}
