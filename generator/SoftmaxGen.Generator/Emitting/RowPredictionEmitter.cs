using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The prediction of one row: lanes are classes, features are broadcast against the transposed weights.</summary>
internal sealed class RowPredictionEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    // Score vectors held in registers at a time.
    private const int MostVectors = 8;

    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _padded = plan.Prediction.PaddedClasses;

    private int Vectors => _padded / width.Lanes;

    public void Emit()
    {
        EmitScores();
        writer.BlankLine();
        EmitProbabilities();
    }

    private void EmitScores()
    {
        (int whole, int rest) = (Vectors / MostVectors, Vectors % MostVectors);
        writer.Open($"""
            // Scores of one row: S = W x, {width.Lanes} classes at a time.
            internal static void RowScores({_ref} x, {_ref} w, {_ref} s)
            """);
        if (whole > 0)
        {
            writer.Open($"for (int pass = 0; pass < {whole}; pass++)");
            EmitPass(MostVectors);
            writer.Write($"""
                w = ref At(ref w, {MostVectors * width.Lanes});
                s = ref At(ref s, {MostVectors * width.Lanes});
                """);
            writer.Close();
            writer.BlankLine();
        }

        if (rest > 0)
        {
            writer.Open();
            EmitPass(rest);
            writer.Close();
        }

        writer.Close();
    }

    // Few vectors mean few additions in flight: then the features are summed in several chains. All passes sum in the same order, so that
    // classes with equal weights have equal scores.
    private void EmitPass(int vectors)
    {
        int chains = Math.Min(plan.Features, Vectors == 1 ? 4 : Vectors <= 3 ? 2 : 1);
        (int turns, int rest) = (plan.Features / chains, plan.Features % chains);
        writer.Write($"{_ref} wk = ref w;");
        for (int v = 0; v < vectors; v++)
        {
            writer.Write($"var {Sum(v, 0)} = Load(ref wk, {v * width.Lanes});");
            for (int chain = 1; chain < chains; chain++)
            {
                writer.Write($"var {Sum(v, chain)} = Zero();");
            }
        }

        writer.Open($"for (nuint k = 0; k < {turns * chains}; k += {chains})");
        EmitFeatures(vectors, chains, "k");
        writer.Write($"wk = ref At(ref wk, {chains * _padded});");
        writer.Close();
        writer.BlankLine();
        EmitFeatures(vectors, rest, $"{turns * chains}");
        for (int v = 0; v < vectors; v++)
        {
            string sum = string.Join(" + ", Enumerable.Range(0, chains).Select(chain => Sum(v, chain)));
            writer.Write($"Store({sum}, ref s, {v * width.Lanes});");
        }
    }

    // The bias is column 0, so the weights of the next feature lie one column on.
    private void EmitFeatures(int vectors, int count, string firstFeature)
    {
        for (int k = 0; k < count; k++)
        {
            writer.Write($"var x{firstFeature}_{k} = Broadcast(ref x, {firstFeature} + {k});");
            for (int v = 0; v < vectors; v++)
            {
                writer.Write($"{Sum(v, k)} = Fma(Load(ref wk, {((1 + k) * _padded) + (v * width.Lanes)}), x{firstFeature}_{k}, {Sum(v, k)});");
            }
        }
    }

    private void EmitProbabilities()
    {
        writer.Open($"""
            // Probabilities of one row from its scores, in place: exp(S_k - max) / sum_j exp(S_j - max); padded classes score minus infinity.
            internal static void RowProbabilities({_ref} s, {plan.Scalar} max)
            """);
        writer.Write("var sum = Zero();");
        writer.Open($"for (nuint k = 0; k < {_padded}; k += {width.Lanes})");
        writer.Write("""
            var e = ExpOrZero((Load(ref s, k) - Constant(max)) * ScaleVector());
            Store(e, ref s, k);
            sum += e;
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write($"var inverse = Constant(1 / {Names.Intrinsics}.Vector{width.Bits}.Sum(sum));");
        writer.Open($"for (nuint k = 0; k < {_padded}; k += {width.Lanes})");
        writer.Write("Store(Load(ref s, k) * inverse, ref s, k);");
        writer.Close();
        writer.Close();
    }

    private static string Sum(int vector, int chain) => $"s{vector}{(char)('a' + chain)}";
}
