using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Probabilities of a tile, lanes being classes: each feature of two rows is broadcast against its column of weights. Nothing is transposed or kept in scratch
/// but for the pairs of <see cref="ClassPairEmitter"/>. A core sees too few instructions ahead to find the multiplications of the next rows behind the
/// exponentials of these, and so the code puts them between.
/// </summary>
internal sealed class ClassLanesEmitter(SourceWriter writer, KernelPlan plan, ClassLanesPlan lanes)
{
    public const string Method = "ClassLanes";

    private const string Pairs = $"{Names.Support}.RowPairs";
    private const int Lanes = 8;

    private const string Exp = $"{Names.Numerics}.RereadExp512";

    // RereadExp512.Degree, and the exponentials that are under way at a time.
    private const int Degree = 6;
    private const int SideBySide = 3;

    // Features in the straight code beside exponentials, and in one turn of the loop over the others.
    private const int MostStraight = 16;
    private const int PerTurn = 4;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly IReadOnlyList<(int Row, int Vector)> _sums =
        [.. Enumerable.Range(0, ClassLanesPlan.Rows * lanes.Vectors).Select(i => (i / lanes.Vectors, i % lanes.Vectors))];

    private int Straight => Math.Min(plan.Features, MostStraight);

    public void Emit()
    {
        EmitStages();
        if (lanes.Pairs > 0)
        {
            writer.BlankLine();
            new ClassPairEmitter(writer, plan).Emit();
        }

        writer.BlankLine();
        EmitRows();
    }

    private void EmitStages()
    {
        writer.Write($"""
            // Probabilities of a tile; e is scratch. False when a score is not finite, or so large that exponentials without a shift would not be accurate.
            internal static bool {Method}({_ref} x, {_ref} w, {_ref} columns, {_ref} e, {_ref} p, int blocks) =>
            """);
        for (int i = 0; i < lanes.Pairs; i++)
        {
            writer.Write($"    {ClassPairEmitter.Method}(ref x, ref At(ref w, {lanes.FirstClass(i, plan.Classes) * plan.Columns}), ref At(ref e, {i * ClassLanesPlan.PairLength}), blocks) &&");
        }

        writer.Write("    ClassRows(ref x, ref columns, ref e, ref p, blocks);");
    }

    private void EmitRows()
    {
        writer.Open($"""
            // P_j = e_j / sum_k e_k with e_j = exp(S_j): exponentials and probabilities of two rows, amid the scores of the next two. False when a score is not
            // finite, or too large.
            {Names.Optimize}
            internal static bool ClassRows({_ref} x, {_ref} w, {_ref} e, {_ref} p, int blocks)
            """);
        writer.Write("""
            var reach = Zero();
            var total = Zero();
            """);
        foreach ((int row, int vector) in _sums)
        {
            writer.Write($"var {Score(row, vector)} = Zero();");
        }

        writer.Open();
        WriteLines(Biases());
        EmitTurns(0);
        EmitScores();
        writer.Close();
        writer.BlankLine();
        writer.Open($"for (int step = {plan.BlockRows / ClassLanesPlan.Rows} * blocks - 1; step > 0; step--)");
        writer.Write($"x = ref At(ref x, {ClassLanesPlan.Rows * plan.Features});");
        List<string> multiplications = [.. Biases(), .. Products(0, Straight, "x", 0, "w", plan.Prediction.ColumnLanes)];
        int beside = multiplications.Count / 2;
        WriteLines(Interleaved([.. multiplications.Take(beside)], [.. Exponentials()]));
        EmitFactors();
        WriteLines(multiplications.Skip(beside));
        EmitTurns(Straight);
        EmitProbabilities();
        EmitScores();
        writer.Write($"p = ref At(ref p, {ClassLanesPlan.Rows * plan.Classes});");
        if (lanes.Pairs > 0)
        {
            writer.Write($"e = ref At(ref e, {2 * ClassLanesPlan.Rows});");
        }

        writer.Close();
        writer.BlankLine();
        writer.Open();
        WriteLines(Exponentials());
        EmitFactors();
        EmitProbabilities();
        writer.Close();
        writer.BlankLine();
        writer.Write("""
            // A NaN, which is in no reach, has made the total one: 0 times what is finite is 0.
            return All(LessOrEqual(Fma(total, Zero(), reach), MostMagnitude()));
            """);
        writer.Close();
    }

    private IEnumerable<string> Biases() => _sums.SelectMany(sum => (string[])
    [
        $"var {Score(sum.Row, sum.Vector)}a = Load(ref w, {sum.Vector * Lanes});",
        $"var {Score(sum.Row, sum.Vector)}b = Zero();",
    ]);

    // Column k + 1 of the weights by feature k, each in its chain.
    private IEnumerable<string> Products(int first, int count, string x, int origin, string w, int firstColumn)
    {
        for (int k = first; k < first + count; k++)
        {
            for (int vector = 0; vector < lanes.Vectors; vector++)
            {
                yield return $"var w{k}_{vector} = Load(ref {w}, {firstColumn + ((k - origin) * plan.Prediction.ColumnLanes) + (vector * Lanes)});";
            }

            for (int row = 0; row < ClassLanesPlan.Rows; row++)
            {
                yield return $"var x{k}_{row} = Broadcast(ref {x}, {(row * plan.Features) + k - origin});";
                for (int vector = 0; vector < lanes.Vectors; vector++)
                {
                    string sum = $"{Score(row, vector)}{(char)('a' + (k % plan.Prediction.Chains))}";
                    yield return $"{sum} = Fma(w{k}_{vector}, x{k}_{row}, {sum});";
                }
            }
        }
    }

    // The features from the first one on, a few in a turn: they have nothing beside them.
    private void EmitTurns(int first)
    {
        (int turns, int rest) = ((plan.Features - first) / PerTurn, (plan.Features - first) % PerTurn);
        if (turns + rest == 0)
        {
            return;
        }

        writer.Write($"""
            {_ref} xk = ref At(ref x, {first});
            {_ref} wk = ref At(ref w, {(first + 1) * plan.Prediction.ColumnLanes});
            """);
        if (turns > 0)
        {
            writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
            writer.Write($"""
                {string.Join("\n", Products(first, PerTurn, "xk", first, "wk", 0))}
                xk = ref At(ref xk, {PerTurn});
                wk = ref At(ref wk, {PerTurn * plan.Prediction.ColumnLanes});
                """);
            writer.Close();
            writer.BlankLine();
        }

        if (rest > 0)
        {
            writer.Open();
            WriteLines(Products(first, rest, "xk", first, "wk", 0));
            writer.Close();
            writer.BlankLine();
        }
    }

    private void EmitScores()
    {
        foreach ((int row, int vector) in _sums)
        {
            string score = Score(row, vector);
            writer.Write($"{score} = {PredictionText.SumOfChains(plan.Prediction.Chains, chain => $"{score}{(char)('a' + chain)}")};");
        }
    }

    // A few exponentials at a time, step by step side by side, so that none waits long for its step before.
    private IEnumerable<string> Exponentials()
    {
        for (int first = 0; first < _sums.Count; first += SideBySide)
        {
            string[] names = [.. _sums.Skip(first).Take(SideBySide).Select(static sum => $"{sum.Row}{sum.Vector}")];
            foreach (Func<string, string> step in Steps())
            {
                foreach (string name in names)
                {
                    yield return step(name);
                }
            }
        }
    }

    private static IEnumerable<Func<string, string>> Steps()
    {
        yield return static name => $"reach = LargerMagnitude(reach, s{name});";
        yield return static name => $"var t{name} = {Exp}.Scaled(s{name});";
        yield return static name => $"var n{name} = {Exp}.Nearest(t{name});";
        yield return static name => $"var r{name} = {Exp}.Fraction(t{name});";
        yield return static name => $"var q{name} = {Exp}.Highest(r{name});";
        for (int power = Degree - 2; power >= 0; power--)
        {
            int of = power;
            yield return name => $"q{name} = {Exp}.Next(q{name}, r{name}, {of});";
        }

        yield return static name => $"var e{name} = {Exp}.Power(n{name}, q{name});";
    }

    // The statements of two lists in their order, evenly mixed.
    private static IEnumerable<string> Interleaved(string[] first, string[] second)
    {
        int taken = 0;
        for (int i = 0; i < first.Length; i++)
        {
            yield return first[i];
            for (; taken < second.Length * (i + 1) / first.Length; taken++)
            {
                yield return second[taken];
            }
        }
    }

    private void WriteLines(IEnumerable<string> lines) => writer.Write(string.Join("\n", lines));

    private void EmitFactors()
    {
        for (int row = 0; row < ClassLanesPlan.Rows; row++)
        {
            int of = row;
            IEnumerable<string> vectors = Enumerable.Range(0, lanes.Vectors).Select(vector => Exponential(of, vector));
            IEnumerable<string> pairs = Enumerable.Range(0, lanes.Pairs).Select(i => NewOfPair(of, i));
            writer.Write($"var sums{row} = {string.Join(" + ", vectors.Concat(pairs))};");
        }

        writer.Write($"""
            var inverse = One() / {Pairs}.Totals(sums0, sums1);
            total += inverse;
            var factor0 = {Pairs}.First(inverse);
            var factor1 = {Pairs}.Second(inverse);
            """);
    }

    // The exponentials of a pair that no other vector has.
    private string NewOfPair(int row, int pair)
    {
        string alone = $"{Pairs}.Alone(ref e, {OfPair(row, pair)})";
        return lanes.Repeats(pair, plan.Classes) ? $"({alone} & SecondOfPair())" : alone;
    }

    private void EmitProbabilities()
    {
        for (int row = 0; row < ClassLanesPlan.Rows; row++)
        {
            for (int vector = 0; vector < lanes.Vectors; vector++)
            {
                writer.Write($"Store({Exponential(row, vector)} * factor{row}, ref p, {(row * plan.Classes) + (vector * Lanes)});");
            }

            for (int i = 0; i < lanes.Pairs; i++)
            {
                writer.Write($"{Pairs}.Store(ref At(ref e, {OfPair(row, i)}), factor{row}, ref p, {(row * plan.Classes) + lanes.FirstClass(i, plan.Classes)});");
            }
        }
    }

    private static int OfPair(int row, int pair) => (pair * ClassLanesPlan.PairLength) + (2 * row);

    private static string Score(int row, int vector) => $"s{row}{vector}";

    private static string Exponential(int row, int vector) => $"e{row}{vector}";
}
