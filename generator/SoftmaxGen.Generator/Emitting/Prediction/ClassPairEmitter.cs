using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The stage of two classes that fill no vector. A vector holds a pair of features, one of each chain, of four rows, and in the end the pair of classes of
/// four rows, in the order in which the rows of the batch want them.
/// </summary>
internal sealed class ClassPairEmitter(SourceWriter writer, KernelPlan plan)
{
    public const string Method = "ClassPair";

    private const string Pairs = $"{Names.Support}.RowPairs";
    private const string Exp = $"{Names.Numerics}.RereadExp512";
    private const int Lanes = 8;

    // Weights of so many pairs of features stay in registers; others are repeated where they are used.
    private const int MostKept = 8;

    private readonly string _ref = $"ref {plan.Scalar}";

    private int FeaturePairs => plan.Features / 2;

    private bool KeepsWeights => FeaturePairs <= MostKept;

    public void Emit()
    {
        writer.Open($"""
            // Exponentials of two neighbouring classes, whose weights begin at w: those of four rows in a vector, pair by pair, each score summed as for a row
            // alone. False when a score is too large.
            {Names.Optimize}
            internal static bool {Method}({_ref} x, {_ref} w, {_ref} e, int blocks)
            """);
        EmitScores();
        writer.BlankLine();
        EmitExponentials();
        writer.BlankLine();
        writer.Write("return All(LessOrEqual(reach, MostMagnitude()));");
        writer.Close();
    }

    private void EmitScores()
    {
        for (int k = 0; k < FeaturePairs && KeepsWeights; k++)
        {
            writer.Write($"""
                var w0_{k} = {Weights(0, k)};
                var w1_{k} = {Weights(1, k)};
                """);
        }

        writer.Write($"""
            var bias0 = Broadcast(ref w, 0) & FirstOfPair();
            var bias1 = Broadcast(ref w, {plan.Columns}) & FirstOfPair();
            {_ref} s = ref e;
            """);
        writer.Open($"for (int step = {plan.BlockRows / ClassLanesPlan.PairRows} * blocks; step > 0; step--)");
        writer.Write("""
            var s0 = bias0;
            var s1 = bias1;
            """);
        int chunks = plan.Features / Lanes;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            EmitChunk(chunk);
        }

        for (int k = chunks * Lanes / 2; k < FeaturePairs; k++)
        {
            writer.Write($"var x{k} = {Pairs}.Gather(ref x, {2 * k}, {plan.Features});");
            EmitProducts(k);
        }

        writer.Write($"""
            Store({Names.Support}.RowLanes.SumElements(s0, s1), ref s, 0);
            x = ref At(ref x, {ClassLanesPlan.PairRows * plan.Features});
            s = ref At(ref s, {Lanes});
            """);
        writer.Close();
    }

    // Eight features of four rows, as four vectors of pairs.
    private void EmitChunk(int chunk)
    {
        for (int row = 0; row < ClassLanesPlan.PairRows; row++)
        {
            writer.Write($"var row{row}_{chunk} = Load(ref x, {(row * plan.Features) + (chunk * Lanes)});");
        }

        writer.Write($"""
            var lower01_{chunk} = {Pairs}.Lower(row0_{chunk}, row1_{chunk});
            var lower23_{chunk} = {Pairs}.Lower(row2_{chunk}, row3_{chunk});
            var upper01_{chunk} = {Pairs}.Upper(row0_{chunk}, row1_{chunk});
            var upper23_{chunk} = {Pairs}.Upper(row2_{chunk}, row3_{chunk});
            """);
        (string Half, string Pick)[] quarters = [("lower", "Even"), ("lower", "Odd"), ("upper", "Even"), ("upper", "Odd")];
        for (int quarter = 0; quarter < quarters.Length; quarter++)
        {
            (string half, string pick) = quarters[quarter];
            int k = (chunk * Lanes / 2) + quarter;
            writer.Write($"var x{k} = {Pairs}.{pick}({half}01_{chunk}, {half}23_{chunk});");
            EmitProducts(k);
        }
    }

    private void EmitProducts(int k)
    {
        for (int j = 0; j < 2; j++)
        {
            writer.Write($"s{j} = Fma({(KeepsWeights ? $"w{j}_{k}" : Weights(j, k))}, x{k}, s{j});");
        }
    }

    private string Weights(int j, int k) => $"{Pairs}.Repeat(ref w, {(j * plan.Columns) + 1 + (2 * k)})";

    // Apart from the scores, whose weights leave no registers.
    private void EmitExponentials()
    {
        writer.Write("var reach = Zero();");
        writer.Open("for (; blocks > 0; blocks--)");
        writer.Write($"""
            var a = Load(ref e, 0);
            var b = Load(ref e, {Lanes});
            reach = LargerMagnitude(reach, LargerMagnitude(a, b));
            Store({Exp}.Of(a), ref e, 0);
            Store({Exp}.Of(b), ref e, {Lanes});
            e = ref At(ref e, {2 * Lanes});
            """);
        writer.Close();
    }
}
