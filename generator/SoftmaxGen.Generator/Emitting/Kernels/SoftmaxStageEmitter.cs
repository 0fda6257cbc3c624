using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>Stage 2: from the contrasts of a tile to its residuals, in their place, and its loss.</summary>
internal sealed class SoftmaxStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, bool weighted)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _perTurn = width.Softmax.ContrastsPerTurn;

    private bool IsLooped => _perTurn < plan.Contrasts;

    // With two classes the class index is itself the indicator [y == 1].
    private bool IsBinary => plan.Contrasts == 1;

    public static string MethodName(bool weighted) => weighted ? "WeightedSoftmax" : "Softmax";

    public void Emit()
    {
        (string loss, string residual) = weighted
            ? ("w (log Z - t_y)", "w (e_j / Z - [j == y])")
            : ("log Z - t_y", "e_j / Z - [j == y]");
        writer.Open($"""
            // Softmax{(weighted ? " of weighted rows" : "")}: e_j = exp(t_j), Z = 1 + sum_j e_j, residual_j = {residual}, loss = {loss}.
            // Stops at the first row vector with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            public static nint {MethodName(weighted)}({_ref} t, {_ref} y,{(weighted ? $" {_ref} w," : "")} {_ref} loss, nint vector, nint end)
            """);
        EmitStart();
        writer.Open("for (; vector < end; vector++)");
        writer.Write($"{_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});");
        writer.Write($"var yv = Load(ref At(ref y, vector * {width.Lanes}), 0);");
        if (weighted)
        {
            writer.Write($"var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);");
        }

        if (IsLooped)
        {
            EmitLooped();
        }
        else
        {
            EmitStraight();
        }

        EmitLoss();
        writer.Close();
        writer.BlankLine();
        EmitEnd();
        writer.Close();
    }

    private string Weight => weighted ? "wv" : "One()";

    /// <summary>The sums of the loss, into locals.</summary>
    public void EmitStart() => writer.Write(weighted
        ? "var sum = Load(ref loss, 0);"
        : $"""
            // The sum of log Z is the log of a product; its mantissa is kept in [1, 2) and its exponents are counted apart.
            var product = Load(ref loss, 0);
            var exponents = Load(ref loss, {plan.BlockRows});
            var labelScores = Load(ref loss, {2 * plan.BlockRows});
            """);

    /// <summary>The sums of the loss, back into the scratch; returns the row vector at hand.</summary>
    public void EmitEnd()
    {
        writer.Write(weighted
            ? "Store(sum, ref loss, 0);"
            : $"""
                Store(product, ref loss, 0);
                Store(exponents, ref loss, {plan.BlockRows});
                Store(labelScores, ref loss, {2 * plan.BlockRows});
                """);
        writer.Write("return vector;");
    }

    /// <summary>Few contrasts: everything stays in registers.</summary>
    private void EmitStraight()
    {
        writer.WriteEach(plan.Contrasts, j => $"var t{j} = Load(ref tv, {(j - 1) * plan.BlockRows});");
        EmitResiduals();
    }

    /// <summary>From contrasts <c>t1, t2, ...</c> and class indices <c>yv</c> to residuals in <c>tv</c>; leaves the loop for contrasts out of range.</summary>
    public void EmitResiduals() => EmitResiduals((j, residual) => $"Store({residual}, ref tv, {(j - 1) * plan.BlockRows});");

    /// <summary>The same, to wherever each residual is put.</summary>
    public void EmitResiduals(Func<int, string, string> put)
    {
        writer.Write($"var reach = {SumOfSquares(plan.Contrasts)};");
        EmitRangeCheck("LessOrEqual(reach, MaxReach())");
        writer.WriteEach(plan.Contrasts, j => $"var e{j} = Exp(t{j});");
        writer.Write($"""
            var z = One() + {Sum(plan.Contrasts)};
            var inverse = {Weight} / z;
            """);
        if (IsBinary)
        {
            writer.Write("var labelScore = yv * t1;");
        }
        else
        {
            writer.Write("var labelScore = Zero();");
            writer.WriteEach(plan.Contrasts, j => $"labelScore = Select(yv, {Class(j)}, t{j}, labelScore);");
        }

        writer.WriteEach(plan.Contrasts, j => put(j, Residual(j, "yv")));
    }

    /// <summary>Many contrasts: the exponentials wait in the tile until their sum is known.</summary>
    private void EmitLooped()
    {
        writer.Write("""
            var z = One();
            var within = AllBits();
            var labelScore = Zero();
            """);
        EmitTurns(EmitExponentials);
        EmitRangeCheck("within");
        writer.Write($"var inverse = {Weight} / z;");
        EmitTurns(EmitDivided);
    }

    private void EmitExponentials(int count)
    {
        writer.WriteEach(count, j => $"var t{j} = Load(ref tc, {(j - 1) * plan.BlockRows});");
        writer.Write($"within &= LessOrEqual({SumOfSquares(count)}, MaxReach());");
        writer.WriteEach(count, j => $"labelScore = Select(yc, {Class(j)}, t{j}, labelScore);");
        writer.WriteEach(count, j => $"var e{j} = Exp(t{j});");
        writer.WriteEach(count, j => $"Store(e{j}, ref tc, {(j - 1) * plan.BlockRows});");
        writer.Write($"z += {Sum(count)};");
    }

    private void EmitDivided(int count)
    {
        writer.WriteEach(count, j => $"var e{j} = Load(ref tc, {(j - 1) * plan.BlockRows});");
        writer.WriteEach(count, j => $"Store({Residual(j, "yc")}, ref tc, {(j - 1) * plan.BlockRows});");
    }

    // Class indices are counted from the turn's first contrast, so that every turn compares with the same constants.
    private void EmitTurns(Action<int> emitTurn)
    {
        writer.Open();
        writer.Write($"""
            {_ref} tc = ref tv;
            var yc = yv;
            """);
        writer.Turns(plan.Contrasts, _perTurn, emitTurn, $"""
            tc = ref At(ref tc, {_perTurn * plan.BlockRows});
            yc -= Constant({_perTurn});
            """);
        writer.Close();
        writer.BlankLine();
    }

    private void EmitRangeCheck(string within)
    {
        writer.Block($"if (!All({within}))", "break;");
        writer.BlankLine();
    }

    /// <summary>Adds a row vector to the loss.</summary>
    public void EmitLoss() => writer.Write(weighted
        ? "sum = Fma(wv, Log(z) - (labelScore * InverseScale()), sum);"
        : """
            product *= z;
            exponents = AddExponent(exponents, product);
            product = Mantissa(product);
            labelScores += labelScore;
            """);

    private string Residual(int contrast, string classIndices) => IsBinary
        ? $"(e{contrast} * inverse) - {(weighted ? $"({classIndices} * wv)" : classIndices)}"
        : $"Select({classIndices}, {Class(contrast)}, (e{contrast} * inverse) - {Weight}, e{contrast} * inverse)";

    private static string Class(int contrast) => $"Constant({contrast})";

    private static string Sum(int count) => string.Join(" + ", Enumerable.Range(1, count).Select(static j => $"e{j}"));

    private static string SumOfSquares(int count) =>
        Enumerable.Range(2, count - 1).Aggregate("t1 * t1", static (sum, j) => $"Fma(t{j}, t{j}, {sum})");
}
