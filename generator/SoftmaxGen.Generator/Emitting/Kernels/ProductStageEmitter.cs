using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>A matrix product of constant sizes over the rows of a tile: stage 3 of the loss, and of the Hessian.</summary>
/// <param name="writer">Takes the code.</param>
/// <param name="plan">The plan.</param>
/// <param name="width">The vectors.</param>
/// <param name="shape">The sizes of the product.</param>
/// <param name="tile">What is in registers at a time.</param>
/// <param name="comment">What it computes.</param>
/// <param name="fetches">Whether it fetches the rows of the next tile.</param>
/// <param name="takesNext">Whether it is told where they are.</param>
internal sealed class ProductStageEmitter(
    SourceWriter writer, KernelPlan plan, WidthPlan width, ProductShape shape, GradientTile tile, string comment, bool fetches = false, bool takesNext = false)
{
    private readonly GradientTile _tile = tile;
    private readonly string _ref = $"ref {plan.Scalar}";

    private int FirstColumns => _tile.FirstColumns(shape.Columns);

    private string AddSum => shape.SumsAreVectors ? "AddVectorSum" : "AddSum";

    private int LaterPasses => (shape.Columns - FirstColumns) / _tile.Columns;

    private string Parameters(bool withNext) => $"{_ref} x, {_ref} r, {(withNext ? $"{_ref} next, " : "")}ref double g, int blocks";

    private int BlocksPerTurn => _tile.BlocksPerTurn(width.Target);

    public void Emit()
    {
        (int whole, int rest) = (shape.Coefficients / _tile.Contrasts, shape.Coefficients % _tile.Contrasts);
        writer.Write($"""
            // {comment};
            // {_tile.Contrasts} coefficients x {_tile.Columns} columns at a time in registers.
            """);
        if (whole == 1 && rest == 0)
        {
            EmitContrasts(_tile.Contrasts, $"public static void {shape.Name}({Parameters(takesNext)})");
            return;
        }

        writer.Open($"public static void {shape.Name}({Parameters(takesNext)})");
        if (whole > 1)
        {
            writer.Open($"for (int c = 0; c < {whole}; c++)");
            EmitCallAndAdvance();
            writer.Close();
        }
        else
        {
            EmitCallAndAdvance();
        }

        if (rest > 0)
        {
            writer.BlankLine();
            EmitCall(rest);
        }

        writer.Close();
        foreach (int contrasts in new[] { _tile.Contrasts, rest }.Where(static contrasts => contrasts > 0))
        {
            writer.BlankLine();
            EmitContrasts(contrasts, $"private static void {shape.Name}{contrasts}({Parameters(fetches)})");
        }
    }

    private void EmitCall(int contrasts) => writer.Write($"{shape.Name}{contrasts}(ref x, ref r, {(fetches ? "ref next, " : "")}ref g, blocks);");

    private void EmitCallAndAdvance()
    {
        EmitCall(_tile.Contrasts);
        writer.Write($"""
            r = ref At(ref r, {_tile.Contrasts * plan.BlockRows});
            g = ref At(ref g, {_tile.Contrasts * shape.Columns * shape.SumStride});
            """);
    }

    private void EmitContrasts(int contrasts, string signature)
    {
        writer.Open($"{KernelText.Optimize}\n{signature}");
        if (LaterPasses == 0)
        {
            EmitPass(contrasts, FirstColumns, hasBias: true);
        }
        else
        {
            writer.Open();
            EmitPass(contrasts, FirstColumns, hasBias: true);
            writer.Close();
            writer.BlankLine();
            writer.Write($"""
                x = ref At(ref x, {(FirstColumns - 1) * plan.BlockRows});
                g = ref At(ref g, {FirstColumns * shape.SumStride});
                """);
            EmitAdvanceNext(FirstColumns - 1);
            writer.Open($"for (int k = 0; k < {LaterPasses}; k++)");
            EmitPass(contrasts, _tile.Columns, hasBias: false);
            writer.Write($"""
                x = ref At(ref x, {_tile.Columns * plan.BlockRows});
                g = ref At(ref g, {_tile.Columns * shape.SumStride});
                """);
            EmitAdvanceNext(_tile.Columns);
            writer.Close();
        }

        writer.Close();
    }

    private void EmitAdvanceNext(int features)
    {
        if (fetches)
        {
            writer.Write($"next = ref At(ref next, {features * plan.BlockRows});");
        }
    }

    private void EmitPass(int contrasts, int columns, bool hasBias)
    {
        writer.WriteEach(contrasts * columns, _tile.Chains, (sum, chain) => $"var {Sum(sum / columns, sum % columns, chain)} = Zero();");
        writer.Write($"""
            {_ref} xv = ref x;
            {_ref} rv = ref r;
            """);
        if (fetches)
        {
            writer.Write($"{_ref} nv = ref next;");
        }

        writer.Open($"for (int block = 0; block < blocks; block += {BlocksPerTurn})");
        for (int v = 0; v < BlocksPerTurn * width.VectorsPerBlock; v++)
        {
            EmitRowVector(contrasts, columns, hasBias, v);
        }

        writer.Write($"""
            xv = ref At(ref xv, {BlocksPerTurn * shape.Features * plan.BlockRows});
            rv = ref At(ref rv, {BlocksPerTurn * shape.Coefficients * plan.BlockRows});
            """);
        if (fetches)
        {
            writer.Write($"nv = ref At(ref nv, {BlocksPerTurn * shape.Features * plan.BlockRows});");
        }

        writer.Close();
        writer.BlankLine();
        writer.WriteEach(contrasts, columns, (j, k) =>
        {
            string chains = string.Join(" + ", Enumerable.Range(0, _tile.Chains).Select(chain => Sum(j, k, chain)));
            return $"{AddSum}({chains}, ref g, {((j * shape.Columns) + k) * shape.SumStride});";
        });
    }

    private void EmitRowVector(int contrasts, int columns, bool hasBias, int vector)
    {
        if (_tile.HoldsFeatures && columns > 1)
        {
            for (int k = hasBias ? 1 : 0; k < columns; k++)
            {
                EmitLoadFeature(k, hasBias, vector);
            }

            for (int j = 0; j < contrasts; j++)
            {
                EmitLoadResidual(j, vector);
                for (int k = 0; k < columns; k++)
                {
                    EmitAdd(j, k, hasBias, vector);
                }
            }

            return;
        }

        for (int j = 0; j < contrasts; j++)
        {
            EmitLoadResidual(j, vector);
        }

        for (int k = 0; k < columns; k++)
        {
            if (k > 0 || !hasBias)
            {
                EmitLoadFeature(k, hasBias, vector);
            }

            for (int j = 0; j < contrasts; j++)
            {
                EmitAdd(j, k, hasBias, vector);
            }
        }
    }

    private void EmitLoadResidual(int contrast, int vector) =>
        writer.Write($"var r{contrast + 1}{Letter(vector)} = Load(ref rv, {Offset(shape.Coefficients, contrast, vector)});");

    private void EmitLoadFeature(int column, bool hasBias, int vector)
    {
        int feature = hasBias ? column - 1 : column;
        // The score stage fetches the even features; later passes begin at feature FirstColumns - 1.
        int parity = hasBias ? feature : feature + FirstColumns - 1;
        if (fetches && vector % width.VectorsPerBlock == 0 && parity % 2 == 1)
        {
            writer.Write($"Prefetch(ref nv, {Offset(shape.Features, feature, vector)});");
        }

        writer.Write($"var x{column}{Letter(vector)} = Load(ref xv, {Offset(shape.Features, feature, vector)});");
    }

    private void EmitAdd(int contrast, int column, bool hasBias, int vector)
    {
        string sum = Sum(contrast, column, vector % _tile.Chains);
        string residual = $"r{contrast + 1}{Letter(vector)}";
        writer.Write(column == 0 && hasBias ? $"{sum} += {residual};" : $"{sum} = Fma({residual}, x{column}{Letter(vector)}, {sum});");
    }

    // Where a row vector of a turn has one of so many coefficients or features per block.
    private int Offset(int perBlock, int index, int vector) =>
        (((vector / width.VectorsPerBlock * perBlock) + index) * plan.BlockRows) + (vector % width.VectorsPerBlock * width.Lanes);

    private string Sum(int contrast, int column, int chain) =>
        $"g{contrast + 1}_{column}{(_tile.Chains > 1 ? Letter(chain).ToString() : "")}";

    private static char Letter(int vector) => (char)('a' + vector);
}
