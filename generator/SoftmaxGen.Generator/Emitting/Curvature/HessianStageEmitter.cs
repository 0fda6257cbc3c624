using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>
/// The stages of the Hessian for few classes. Pairs of contrasts come straight from the scores; <c>H_jl += sum_i h_ijl x_i x_i^T</c> takes a few pairs of
/// columns at a time in registers, each multiplied where it is used, with a method for each pass over the rows of a tile.
/// </summary>
internal sealed class HessianStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, HessianPlan hessian, GradientTile tile)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _coefficients = hessian.ContrastPairs;
    private readonly ProductShape _shape = hessian.Product;

    private string Parameters => $"{_ref} x, {_ref} h, ref double g, int blocks";

    private string AddSum => _shape.SumsAreVectors ? "AddVectorSum" : "AddSum";

    public void Emit()
    {
        EmitSoftmaxPairs();
        writer.BlankLine();
        EmitProduct();
    }

    private void EmitSoftmaxPairs()
    {
        writer.Open($"""
            // e_j = exp(t_j), Z = 1 + sum_j e_j, p_j = e_j / Z; h_jj = w p_j (1 - p_j) and h_jl = -w p_j p_l for j > l, row by row of the triangle.
            // Stops at the first row vector with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            public static nint SoftmaxPairs({_ref} t, {_ref} w, {_ref} h, nint vector, nint end)
            """);
        writer.Open("for (; vector < end; vector++)");
        writer.Write($"""
            {_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            {_ref} hv = ref At(ref h, {RowVectorText.Offset(plan, width, _coefficients)});
            """);
        writer.WriteEach(plan.Contrasts, j => $"var t{j} = Load(ref tv, {(j - 1) * plan.BlockRows});");
        writer.Block($"if (!All(LessOrEqual({SumOverContrasts(static j => $"(t{j} * t{j})")}, MaxReach())))", "break;");
        writer.BlankLine();
        writer.WriteEach(plan.Contrasts, static j => $"var e{j} = Exp(t{j});");
        writer.Write($"""
            var inverse = One() / (One() + {SumOverContrasts(static j => $"e{j}")});
            var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);
            """);
        for (int j = 1; j <= plan.Contrasts; j++)
        {
            writer.Write($"""
                var p{j} = e{j} * inverse;
                var wp{j} = wv * p{j};
                """);
            for (int l = 1; l <= j; l++)
            {
                int pair = (j * (j - 1) / 2) + l - 1;
                writer.Write($"Store({(l == j ? $"wp{j} * (One() - p{j})" : $"Zero() - (wp{j} * p{l})")}, ref hv, {pair * plan.BlockRows});");
            }
        }

        writer.Close();
        writer.BlankLine();
        writer.Write("return vector;");
        writer.Close();
    }

    private void EmitProduct()
    {
        writer.Open($"""
            // Hessian: H_jl += sum_i h_ijl x_i x_i^T, pairs of contrasts j >= l by pairs of columns;
            // {_coefficients} coefficients x {tile.Columns} pairs of columns at a time in registers.
            public static void Hessian({Parameters})
            """);
        foreach (HessianPass pass in hessian.Passes(tile))
        {
            writer.Write($"{pass.Name}(ref x, ref h, ref g, blocks);");
        }

        writer.Close();
        foreach (HessianPass pass in hessian.Passes(tile))
        {
            writer.BlankLine();
            EmitPass(pass);
        }
    }

    private void EmitPass(HessianPass pass)
    {
        writer.Open($"""
            {KernelText.Optimize}
            private static void {pass.Name}({Parameters})
            """);
        writer.WriteEach(_coefficients, pass.Pairs.Count, static (c, k) => $"var {Sum(c, k)} = Zero();");
        writer.Open("for (int block = 0; block < blocks; block++)");
        if (width.VectorsPerBlock == 1)
        {
            EmitRowVector(pass, "x", "h");
        }
        else
        {
            writer.Open($"for (nint lane = 0; lane < {plan.BlockRows}; lane += {width.Lanes})");
            writer.Write($"""
                {_ref} xv = ref At(ref x, lane);
                {_ref} hv = ref At(ref h, lane);
                """);
            EmitRowVector(pass, "xv", "hv");
            writer.Close();
            writer.BlankLine();
        }

        writer.Write($"""
            x = ref At(ref x, {plan.Features * plan.BlockRows});
            h = ref At(ref h, {_coefficients * plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();
        writer.WriteEach(_coefficients, pass.Pairs.Count, (c, k) =>
            $"{AddSum}({Sum(c, k)}, ref g, {((c * _shape.Columns) + pass.First + k) * _shape.SumStride});");
        writer.Close();
    }

    private void EmitRowVector(HessianPass pass, string x, string h)
    {
        for (int c = 0; c < _coefficients; c++)
        {
            writer.Write($"var h{c} = Load(ref {h}, {c * plan.BlockRows});");
        }

        foreach (int column in pass.Columns)
        {
            writer.Write($"var x{column} = Load(ref {x}, {(column - 1) * plan.BlockRows});");
        }

        for (int k = 0; k < pass.Pairs.Count; k++)
        {
            (int a, int b) = pass.Pairs[k];
            string product = b == 0 ? $"x{a}" : $"x{a}_{b}";
            if (b > 0)
            {
                writer.Write($"var {product} = x{a} * x{b};");
            }

            for (int c = 0; c < _coefficients; c++)
            {
                writer.Write(a == 0 ? $"{Sum(c, k)} += h{c};" : $"{Sum(c, k)} = Fma(h{c}, {product}, {Sum(c, k)});");
            }
        }
    }

    private string SumOverContrasts(Func<int, string> term) => string.Join(" + ", Enumerable.Range(1, plan.Contrasts).Select(term));

    private static string Sum(int coefficient, int pair) => $"g{coefficient}_{pair}";
}
