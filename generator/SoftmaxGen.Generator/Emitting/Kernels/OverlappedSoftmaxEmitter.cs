using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>
/// Stage 2 of many contrasts where registers are many too. The exponentials of a row vector wait in the tile, and become residuals beside those of the
/// next. Each contrast is compared with the class index but once, since comparisons take time from multiplications: where a residual is made, the
/// exponential of the label is picked out as well, and the loss takes off its logarithm instead of the label's score.
/// </summary>
internal sealed class OverlappedSoftmaxEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, bool weighted)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _perTurn = width.Softmax.ContrastsPerTurn;

    private string Weight => weighted ? "wv" : "One()";

    private string PreviousWeight => weighted ? "previousWeights" : "One()";

    public void Emit()
    {
        (string loss, string residual) = weighted
            ? ("w (log Z - log e_y)", "w (e_j / Z - [j == y])")
            : ("log Z - log e_y", "e_j / Z - [j == y]");
        writer.Open($"""
            // Softmax{(weighted ? " of weighted rows" : "")}: e_j = exp(t_j), Z = 1 + sum_j e_j, residual_j = {residual}, loss = {loss}; e_0 = 1.
            // Stops at the first row vector with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {Names.Optimize}
            private static nint {SoftmaxStageEmitter.MethodName(weighted)}({_ref} t, {_ref} y,{(weighted ? $" {_ref} w," : "")} {_ref} loss, nint vector, nint end)
            """);
        EmitStart();
        writer.Open("for (; vector < end; vector++)");
        EmitRowVector();
        writer.Close();
        writer.BlankLine();
        EmitLastResiduals();
        EmitEnd();
        writer.Close();
    }

    // The first row vector finds none before it: what it divides is the first of the tile, by 1, and with the label of no contrast.
    private void EmitStart()
    {
        writer.Write(weighted
            ? "var sum = Load(ref loss, 0);"
            : $"""
                // The sum of log Z is the log of a product, and so is that of log e_y; mantissas are kept in [1, 2) and exponents counted apart.
                var product = Load(ref loss, 0);
                var exponents = LoadExponents(ref loss, {plan.BlockRows});
                var labelProduct = Load(ref loss, {2 * plan.BlockRows});
                """);
        writer.BlankLine();
        writer.Write($"""
            // The exponentials of a row vector become residuals beside those of the next, which fill the time that their sum and its inverse take.
            {_ref} previous = ref t;
            var previousClasses = Zero();
            var inverse = One();
            """);
        if (weighted)
        {
            writer.Write("var previousWeights = One();");
        }
    }

    private void EmitRowVector()
    {
        writer.Write($"""
            {_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            var z = One();
            var reach = Zero();
            var labelExponential = One();
            """);
        writer.Open();
        writer.Write($"{_ref} tc = ref tv;");
        EmitTurns(
            count =>
            {
                EmitExponentials(count);
                EmitResiduals(count);
            },
            "tc");
        writer.Close();
        writer.BlankLine();
        EmitLabelLoss();
        writer.Open("if (!InRange(reach, z))");
        writer.Write("""
            previousClasses = Zero();
            inverse = One();
            break;
            """);
        writer.Close();
        writer.BlankLine();
        if (weighted)
        {
            writer.Write($"var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);");
        }

        writer.Write($"""
            previous = ref tv;
            previousClasses = Load(ref At(ref y, vector * {width.Lanes}), 0);
            inverse = {Weight} / z;
            """);
        writer.Write(weighted
            ? """
                previousWeights = wv;
                sum = Fma(wv, Log(z), sum);
                """
            : """
                product *= z;
                exponents += Exponent(product);
                product = Mantissa(product);
                """);
    }

    private void EmitLastResiduals()
    {
        writer.Open();
        writer.Write("var labelExponential = One();");
        EmitTurns(EmitResiduals);
        writer.BlankLine();
        EmitLabelLoss();
        writer.Close();
        writer.BlankLine();
    }

    private void EmitEnd()
    {
        writer.Write(weighted
            ? "Store(sum, ref loss, 0);"
            : $"""
                Store(product, ref loss, 0);
                StoreExponents(exponents, ref loss, {plan.BlockRows});
                Store(labelProduct, ref loss, {2 * plan.BlockRows});
                """);
        writer.Write("return vector;");
    }

    private void EmitExponentials(int count)
    {
        EmitEach(count, j => $"var t{j} = Load(ref tc, {(j - 1) * plan.BlockRows});");
        EmitEach(count, static j => $"reach = Farther(reach, t{j});");
        EmitEach(count, static j => $"var e{j} = Exp(t{j});");
        EmitEach(count, j => $"Store(e{j}, ref tc, {(j - 1) * plan.BlockRows});");
        writer.Write($"z += {string.Join(" + ", Enumerable.Range(1, count).Select(static j => $"e{j}"))};");
    }

    // After the exponentials: where the row vector is its own predecessor, what is loaded are those that were just stored.
    private void EmitResiduals(int count) => EmitEach(count, j => $"""
        var previous{j} = Load(ref pc, {(j - 1) * plan.BlockRows});
        labelExponential = Select(pyc, Constant({j}), previous{j}, labelExponential);
        var p{j} = previous{j} * inverse;
        Store(Select(pyc, Constant({j}), p{j} - {PreviousWeight}, p{j}), ref pc, {(j - 1) * plan.BlockRows});
        """);

    // The score of the label is the logarithm of its exponential; that of class 0, and of no row vector at all, is log 1 = 0.
    private void EmitLabelLoss() => writer.Write(weighted
        ? "sum = Fma(previousWeights, Zero() - Log(labelExponential), sum);"
        : """
            labelProduct *= labelExponential;
            exponents -= Exponent(labelProduct);
            labelProduct = Mantissa(labelProduct);
            """);

    // Turns along the row vector before, and along another. Class indices are counted from the turn's first contrast, so that every turn compares with
    // the same constants.
    private void EmitTurns(Action<int> emitTurn, params string[] beside)
    {
        (int turns, int rest) = (plan.Contrasts / _perTurn, plan.Contrasts % _perTurn);
        writer.Write($"""
            {_ref} pc = ref previous;
            var pyc = previousClasses;
            """);
        writer.Open($"for (int turn = 0; turn < {turns}; turn++)");
        emitTurn(_perTurn);
        foreach (string row in beside.Append("pc"))
        {
            writer.Write($"{row} = ref At(ref {row}, {_perTurn * plan.BlockRows});");
        }

        writer.Write($"pyc -= Constant({_perTurn});");
        writer.Close();
        if (rest > 0)
        {
            writer.BlankLine();
            writer.Open();
            emitTurn(rest);
            writer.Close();
        }
    }

    private void EmitEach(int count, Func<int, string> statement)
    {
        for (int j = 1; j <= count; j++)
        {
            writer.Write(statement(j));
        }
    }
}
