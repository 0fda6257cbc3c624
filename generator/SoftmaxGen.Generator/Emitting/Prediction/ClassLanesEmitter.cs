using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Probabilities of a tile, lanes being classes: each feature of two rows is broadcast against its column of weights. Nothing is transposed or kept in scratch
/// but for the pairs of <see cref="ClassPairEmitter"/>. A core does not look far enough ahead to find the multiplications of the next rows behind the
/// exponentials of these, and so the code puts them between.
/// </summary>
internal sealed class ClassLanesEmitter(SourceWriter writer, KernelPlan plan, ClassLanesPlan lanes)
{
    public const string Method = "ClassLanes";

    private const string Pairs = $"{Names.Support}.RowPairs";
    private const int Lanes = 8;

    // Features in straight code: half of them stand between the exponentials, the others behind, while the sum of these and its inverse are computed.
    private const int MostStraight = 16;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly ClassScoresEmitter _scores = new(writer, plan, lanes);

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
            (int weights, int exponentials) = (lanes.FirstClass(i, plan.Classes) * plan.Columns, i * ClassLanesPlan.PairLength);
            writer.Write($"    {ClassPairEmitter.Method}(ref x, ref At(ref w, {weights}), ref At(ref e, {exponentials}), blocks) &&");
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
        WriteLines(_scores.Names.Select(static name => $"var s{name} = Zero();"));
        writer.Open();
        WriteLines(_scores.Straight(0));
        _scores.EmitTurns(0);
        _scores.EmitScores();
        writer.Close();
        writer.BlankLine();
        writer.Open($"for (int step = {plan.BlockRows / ClassLanesPlan.Rows} * blocks - 1; step > 0; step--)");
        writer.Write($"x = ref At(ref x, {ClassLanesPlan.Rows * plan.Features});");
        IReadOnlyList<string> multiplications = _scores.Straight(Straight);
        int between = multiplications.Count / 2;
        WriteLines(Interleaving.Of([.. multiplications.Take(between)], [.. ClassExponentials.Of(_scores.Names)]));
        EmitFactors();
        WriteLines(multiplications.Skip(between));
        _scores.EmitTurns(Straight);
        EmitProbabilities();
        _scores.EmitScores();
        writer.Write($"p = ref At(ref p, {ClassLanesPlan.Rows * plan.Classes});");
        if (lanes.Pairs > 0)
        {
            writer.Write($"e = ref At(ref e, {2 * ClassLanesPlan.Rows});");
        }

        writer.Close();
        writer.BlankLine();
        writer.Open();
        WriteLines(ClassExponentials.Of(_scores.Names));
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
                int target = (row * plan.Classes) + lanes.FirstClass(i, plan.Classes);
                writer.Write($"{Pairs}.Store(ref At(ref e, {OfPair(row, i)}), factor{row}, ref p, {target});");
            }
        }
    }

    private static int OfPair(int row, int pair) => (pair * ClassLanesPlan.PairLength) + (2 * row);

    private static string Exponential(int row, int vector) => $"e{row}{vector}";
}
