using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>
/// Stage 2 of many contrasts where registers are many too. An exponential is a chain of some fifteen operations, and a core can only look so far ahead
/// for others to put beside it; so its first half is done some contrasts before the second. The exponentials of a row vector wait in the tile, and are
/// divided by their sum beside those of the next. Labels are left to a stage of the library.
/// </summary>
internal sealed class OverlappedSoftmaxEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, bool weighted)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _perTurn = width.Softmax.ContrastsPerTurn;

    public void Emit()
    {
        string probability = weighted ? "w e_j / Z" : "e_j / Z";
        writer.Open($"""
            // Softmax{(weighted ? " of weighted rows" : "")}: e_j = exp(t_j), Z = 1 + sum_j e_j, and {probability} in place of t_j; that of class 0 goes to p.
            // Row vectors with contrasts beyond the exponential's range become NaN.
            {KernelText.Optimize}
            public static void {SoftmaxStageEmitter.MethodName(weighted)}({_ref} t,{(weighted ? $" {_ref} w," : "")} {_ref} p, nint end)
            """);
        EmitStart();
        writer.Open("for (nint vector = 0; vector < end; vector++)");
        EmitRowVector();
        writer.Close();
        writer.BlankLine();
        writer.Open();
        writer.Write($"{_ref} pc = ref previous;");
        EmitTurns(count => EmitEach(count, EmitDivided), "pc");
        writer.Close();
        writer.Close();
    }

    // The first row vector finds none before it: what it divides is itself, by 1.
    private void EmitStart()
    {
        writer.Write($"""
            // The exponentials of a row vector are divided beside those of the next, which fill the time that their sum and its inverse take.
            {_ref} previous = ref t;
            var inverse = One();

            // Each exponential is begun {ScratchLayout.ContrastsAhead} contrasts ahead. Row vectors follow each other; behind the last is room that no one uses.
            """);
        EmitEach(ScratchLayout.ContrastsAhead, j => EmitBegin(j, "t", j, declares: true));
        writer.BlankLine();
    }

    private void EmitRowVector()
    {
        writer.Write($"""
            {_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            var z = One();
            var reach = Zero();
            """);
        writer.Open();
        writer.Write($"""
            {_ref} tc = ref tv;
            {_ref} pc = ref previous;
            """);
        EmitTurns(EmitExponentials, "tc", "pc");
        writer.Close();
        writer.BlankLine();
        writer.Write($"""
            previous = ref tv;
            inverse = Within(reach, {(weighted ? $"Load(ref At(ref w, vector * {width.Lanes}), 0)" : "One()")} / z);
            Store(inverse, ref At(ref p, vector * {width.Lanes}), 0);
            """);
    }

    private void EmitExponentials(int count)
    {
        for (int j = 1; j <= count; j++)
        {
            int begun = j + ScratchLayout.ContrastsAhead;
            bool isOfNextTurn = begun > count && count >= ScratchLayout.ContrastsAhead;
            writer.Write($"""
                reach = Farther(reach, Load(ref tc, {Offset(j)}));
                var e{j} = Exp(power{j}, fraction{j});
                """);
            EmitBegin(begun, "tc", isOfNextTurn ? begun - count : begun, declares: !isOfNextTurn);
            writer.Write($"""
                Store(e{j}, ref tc, {Offset(j)});
                z += e{j};
                """);
            EmitDivided(j);
        }

        EmitShift(count);
    }

    // Where the row vector is its own predecessor, what is loaded is what was just stored.
    private void EmitDivided(int j) => writer.Write($"Store(Load(ref pc, {Offset(j)}) * inverse, ref pc, {Offset(j)});");

    // Begins the exponential of a contrast, counted from the first of the turn.
    private void EmitBegin(int contrast, string row, int name, bool declares)
    {
        string declaration = declares ? "var " : "";
        writer.Write($"""
            {declaration}power{name} = Power(Load(ref {row}, {Offset(contrast)}));
            {declaration}fraction{name} = Fraction(Load(ref {row}, {Offset(contrast)}));
            """);
    }

    // After a turn of fewer contrasts than are begun ahead, each of these is so many places nearer.
    private void EmitShift(int count)
    {
        for (int j = 1; j <= ScratchLayout.ContrastsAhead && count < ScratchLayout.ContrastsAhead; j++)
        {
            writer.Write($"""
                power{j} = power{j + count};
                fraction{j} = fraction{j + count};
                """);
        }
    }

    private void EmitTurns(Action<int> emitTurn, params string[] rows) => writer.Turns(
        plan.Contrasts, _perTurn, emitTurn, string.Join("\n", rows.Select(row => $"{row} = ref At(ref {row}, {Offset(_perTurn + 1)});")));

    private int Offset(int contrast) => (contrast - 1) * plan.BlockRows;

    private static void EmitEach(int count, Action<int> emit)
    {
        for (int j = 1; j <= count; j++)
        {
            emit(j);
        }
    }
}
