using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>From the contrasts of a tile to its probabilities, in their place: what the second-order kernels need of the softmax.</summary>
internal sealed class ProbabilityStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _perTurn = width.Softmax.ContrastsPerTurn;

    public void Emit()
    {
        writer.Open($"""
            // Probabilities: e_j = exp(t_j), Z = 1 + sum_j e_j, p_j = e_j / Z.
            // Stops at the first row vector with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            public static nint Probabilities({_ref} t, nint vector, nint end)
            """);
        writer.Open("for (; vector < end; vector++)");
        writer.Write($"""
            {_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            var z = One();
            var within = AllBits();
            """);
        EmitTurns(count =>
        {
            writer.WriteEach(count, j => $"var t{j} = Load(ref tc, {(j - 1) * plan.BlockRows});");
            writer.Write($"within &= LessOrEqual({Join(count, j => $"(t{j} * t{j})")}, MaxReach());");
            writer.WriteEach(count, j => $"var e{j} = Exp(t{j});");
            writer.WriteEach(count, j => $"Store(e{j}, ref tc, {(j - 1) * plan.BlockRows});");
            writer.Write($"z += {Join(count, j => $"e{j}")};");
        });
        writer.BlankLine();
        writer.Block("if (!All(within))", "break;");
        writer.BlankLine();
        writer.Write("var inverse = One() / z;");
        EmitTurns(count => writer.WriteEach(count, j => $"Store(Load(ref tc, {(j - 1) * plan.BlockRows}) * inverse, ref tc, {(j - 1) * plan.BlockRows});"));
        writer.Close();
        writer.BlankLine();
        writer.Write("return vector;");
        writer.Close();
    }

    private void EmitTurns(Action<int> emitTurn)
    {
        writer.Open();
        writer.Write($"{_ref} tc = ref tv;");
        if (_perTurn == plan.Contrasts)
        {
            emitTurn(_perTurn);
        }
        else
        {
            writer.Turns(plan.Contrasts, _perTurn, emitTurn, $"tc = ref At(ref tc, {_perTurn * plan.BlockRows});");
        }

        writer.Close();
    }

    private static string Join(int count, Func<int, string> term) => string.Join(" + ", Enumerable.Range(1, count).Select(term));
}
