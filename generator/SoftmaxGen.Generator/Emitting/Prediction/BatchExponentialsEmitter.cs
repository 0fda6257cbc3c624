using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The stage that turns the scores of a tile into exponentials; what makes probabilities of them is a factor for each row.</summary>
internal sealed class BatchExponentialsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _perTurn = plan.Prediction.ExponentialsOf(width.Target);

    public void Emit()
    {
        writer.Open($"""
            // Exponentials e_j = exp(S_j - max) of a tile, in place of its scores, and 1 / sum_j e_j in place of the largest: P_j is the product of the two.
            // False when scores of a row are so far apart that an exponential is not a normal number.
            {KernelText.Optimize}
            internal static bool BatchExponentials({_ref} t, int blocks)
            """);
        writer.Write($"""
            var reach = Zero();
            nint end = {RowVectorText.Count(width)};
            """);
        writer.Open("for (nint vector = 0; vector < end; vector++)");
        writer.Write($"{_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Prediction.BlockVectors)});");
        EmitRange();
        if (_perTurn == plan.Classes)
        {
            EmitExponentials("tv", plan.Classes);
            writer.Write($"var sum = {Join(plan.Classes)};");
        }
        else
        {
            writer.Write("var sum = Zero();");
            EmitTurns();
        }

        writer.Write($"Store(One() / sum, ref tv, {plan.Classes * plan.BlockRows});");
        writer.Close();
        writer.BlankLine();
        writer.Write("return All(LessOrEqual(reach, MostDistance()));");
        writer.Close();
    }

    // Of two classes only the difference was computed. What is NaN is within any reach, and comes out as NaN.
    private void EmitRange() => writer.Write(plan.Prediction.Difference is null
        ? $"""
            var max = Load(ref tv, {plan.Classes * plan.BlockRows});
            reach = Larger(max - Load(ref tv, {(plan.Classes + 1) * plan.BlockRows}), reach);
            """
        : $"""
            var max = Larger(Load(ref tv, 0), Load(ref tv, {plan.BlockRows}));
            reach = Larger(max - Smaller(Load(ref tv, 0), Load(ref tv, {plan.BlockRows})), reach);
            """);

    private void EmitTurns()
    {
        writer.Write($"{_ref} tj = ref tv;");
        writer.Turns(plan.Classes, _perTurn, EmitTurn, $"tj = ref At(ref tj, {_perTurn * plan.BlockRows});");
        writer.BlankLine();
    }

    private void EmitTurn(int count)
    {
        EmitExponentials("tj", count);
        writer.Write($"sum += {Join(count)};");
    }

    private void EmitExponentials(string t, int count)
    {
        for (int j = 0; j < count; j++)
        {
            writer.Write($"var e{j} = ExpUnscaled(Load(ref {t}, {j * plan.BlockRows}) - max);");
        }

        for (int j = 0; j < count; j++)
        {
            writer.Write($"Store(e{j}, ref {t}, {j * plan.BlockRows});");
        }
    }

    // In pairs: few additions wait for one another.
    private static string Join(int count) => count == 1 ? "e0" : $"{Half(0, count / 2)} + {Half(count / 2, count - (count / 2))}";

    private static string Half(int first, int count) => count == 1
        ? $"e{first}"
        : $"({Half(first, count / 2)} + {Half(first + (count / 2), count - (count / 2))})";
}
