using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>The second-order kernels of one vector width, beside the first-order ones in the same class.</summary>
internal sealed class CurvatureWidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly CurvatureLayout _layout = plan.Curvature;

    public void Emit()
    {
        KernelShell.OpenWidth(writer, plan, width);
        EmitAddProductTile();
        writer.BlankLine();
        EmitTileProbabilities();
        writer.BlankLine();
        new ProbabilityStageEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitProductResiduals();
        if (plan.Hessian is { } hessian && width.Hessian is { } tile)
        {
            writer.BlankLine();
            EmitAddHessianTile(hessian);
            writer.BlankLine();
            EmitAddHessianSumsTo(hessian);
            writer.BlankLine();
            EmitContrastPairs(hessian);
            writer.BlankLine();
            if (hessian.IsFused)
            {
                new HessianStageEmitter(writer, plan, width, hessian, tile).Emit();
            }
            else
            {
                EmitColumnPairs(hessian);
                writer.BlankLine();
                new ProductStageEmitter(writer, plan, width, hessian.Product, tile, "Hessian: H_jl += sum_i h_ijl x_i x_i^T, pairs of contrasts j >= l by pairs of columns").Emit();
            }
        }

        KernelShell.Close(writer);
    }

    private void EmitAddProductTile()
    {
        writer.Open($"{KernelText.Optimize}\ninternal static void AddProductTile(ReadOnlySpan<double> weights, {_ref} x, {_ref} rowWeights, {_ref} next, int blocks, ref double scratch)");
        writer.Write($"""
            {_ref} p = ref {Part(_layout.Probabilities)};
            {_ref} u = ref {Part(_layout.Coefficients)};
            TileProbabilities(weights, ref x, ref next, blocks, ref scratch);
            Scores(ref x, ref {Part(_layout.Direction)}, ref u, ref next, blocks);
            ProductResiduals(ref p, ref u, ref rowWeights, blocks);
            Gradient(ref x, ref u, {(width.StagesShareFetching(plan.Shape) ? "ref next, " : "")}ref At(ref scratch, {_layout.Sums}), blocks);
            """);
        writer.Close();
    }

    private void EmitTileProbabilities()
    {
        writer.Open($"""
            // The probabilities of classes 1..{plan.Contrasts} of a tile.
            {KernelText.Optimize}
            private static void TileProbabilities(ReadOnlySpan<double> weights, {_ref} x, {_ref} next, int blocks, ref double scratch)
            """);
        writer.Write($"""
            {_ref} p = ref {Part(_layout.Probabilities)};
            Scores(ref x, ref {Part(CurvatureLayout.Weights)}, ref p, ref next, blocks);
            nint end = {RowVectorText.Count(width)};
            nint vector = Probabilities(ref p, 0, end);
            """);
        writer.Block("while (vector < end)", $"""
            CarefulProbabilities(weights, ref x, ref p, vector, {width.Lanes});
            vector = Probabilities(ref p, vector + 1, end);
            """);
        writer.Close();
    }

    private void EmitProductResiduals()
    {
        writer.Open($"""
            // residual_j = w p_j (u_j - sum_l p_l u_l), in place of u.
            {KernelText.Optimize}
            private static void ProductResiduals({_ref} p, {_ref} u, {_ref} w, int blocks)
            """);
        EmitRowVectorLoop(() =>
        {
            writer.Write($"""
                {_ref} pv = ref At(ref p, {RowVectorText.Offset(plan, width, plan.Contrasts)});
                {_ref} uv = ref At(ref u, {RowVectorText.Offset(plan, width, plan.Contrasts)});
                var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);
                var mean = Zero();
                """);
            writer.Open($"for (nuint j = 0; j < {plan.Contrasts * plan.BlockRows}; j += {plan.BlockRows})");
            writer.Write("mean = Fma(Load(ref pv, j), Load(ref uv, j), mean);");
            writer.Close();
            writer.BlankLine();
            writer.Open($"for (nuint j = 0; j < {plan.Contrasts * plan.BlockRows}; j += {plan.BlockRows})");
            writer.Write("Store(Load(ref pv, j) * wv * (Load(ref uv, j) - mean), ref uv, j);");
            writer.Close();
        });
        writer.Close();
    }

    private void EmitAddHessianTile(HessianPlan hessian)
    {
        writer.Open($"{KernelText.Optimize}\ninternal static void AddHessianTile(ReadOnlySpan<double> weights, {_ref} x, {_ref} rowWeights, {_ref} next, int blocks, ref double scratch)");
        writer.Write($"{_ref} h = ref {Part(_layout.Coefficients)};");
        if (hessian.IsFused)
        {
            writer.Write($"""
                {_ref} t = ref {Part(_layout.Probabilities)};
                Scores(ref x, ref {Part(CurvatureLayout.Weights)}, ref t, ref next, blocks);
                nint end = {RowVectorText.Count(width)};
                nint vector = SoftmaxPairs(ref t, ref rowWeights, ref h, 0, end);
                """);
            writer.Block("while (vector < end)", $"""
                CarefulProbabilities(weights, ref x, ref t, vector, {width.Lanes});
                ContrastPairs(ref t, ref rowWeights, ref h, vector, vector + 1);
                vector = SoftmaxPairs(ref t, ref rowWeights, ref h, vector + 1, end);
                """);
            writer.BlankLine();
            writer.Write($"Hessian(ref x, ref h, ref At(ref scratch, {_layout.Sums}), blocks);");
        }
        else
        {
            writer.Write($"""
                {_ref} xx = ref {Part(_layout.ColumnPairs)};
                TileProbabilities(weights, ref x, ref next, blocks, ref scratch);
                ContrastPairs(ref {Part(_layout.Probabilities)}, ref rowWeights, ref h, 0, {RowVectorText.Count(width)});
                ColumnPairs(ref x, ref xx, blocks);
                Hessian(ref xx, ref h, ref At(ref scratch, {_layout.Sums}), blocks);
                """);
        }

        writer.Close();
    }

    private void EmitAddHessianSumsTo(HessianPlan hessian)
    {
        writer.Open($"{KernelText.Optimize}\ninternal static void AddHessianSumsTo(Span<double> hessian, ref double scratch)");
        writer.Write($"ref double g = ref At(ref scratch, {_layout.Sums});");
        int count = hessian.ContrastPairs * hessian.ColumnPairs;
        writer.Write("int i = 0;");
        if (hessian.Product.SumsAreVectors && width.VectorsPerBlock == 1)
        {
            string vector = $"Vector{width.Bits}";
            writer.Open($"for (; i <= {count - ScratchLayout.BlockDoubles}; i += {ScratchLayout.BlockDoubles})");
            writer.Write($"{vector}.StoreUnsafe({vector}.LoadUnsafe(ref hessian[i]) + RowLanes.SumEach(ref At(ref g, i * {hessian.Product.SumStride})), ref hessian[i]);");
            writer.Close();
            writer.BlankLine();
        }

        writer.Open($"for (; i < {count}; i++)");
        writer.Write($"hessian[i] += {(hessian.Product.SumsAreVectors ? $"Vector{width.Bits}.Sum(Vector{width.Bits}.LoadUnsafe(ref At(ref g, i * {hessian.Product.SumStride})))" : "At(ref g, i)")};");
        writer.Close();
        writer.Close();
    }

    private void EmitContrastPairs(HessianPlan hessian)
    {
        writer.Open($"""
            // h_jj = w p_j (1 - p_j) and h_jl = -w p_j p_l for j > l, row by row of the triangle.
            {KernelText.Optimize}
            private static void ContrastPairs({_ref} p, {_ref} w, {_ref} h, nint vector, nint end)
            """);
        writer.Open("for (; vector < end; vector++)");
        writer.Write($"""
            {_ref} pv = ref At(ref p, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            {_ref} hv = ref At(ref h, {RowVectorText.Offset(plan, width, hessian.ContrastPairs)});
            var wv = Load(ref At(ref w, vector * {width.Lanes}), 0);
            """);
        writer.Open($"for (nuint j = 0; j < {plan.Contrasts * plan.BlockRows}; j += {plan.BlockRows})");
        writer.Write("var pj = Load(ref pv, j);");
        writer.Write("var wp = wv * pj;");
        writer.Block($"for (nuint l = 0; l < j; l += {plan.BlockRows})", $"""
            Store(Zero() - (wp * Load(ref pv, l)), ref hv, 0);
            hv = ref At(ref hv, {plan.BlockRows});
            """);
        writer.BlankLine();
        writer.Write($"""
            Store(wp * (One() - pj), ref hv, 0);
            hv = ref At(ref hv, {plan.BlockRows});
            """);
        writer.Close();
        writer.Close();
        writer.Close();
    }

    private void EmitColumnPairs(HessianPlan hessian)
    {
        writer.Open($"""
            // x_a x_b for a >= b, row by row of the triangle; x_0 = 1, and the pair of the bias with itself is left out.
            {KernelText.Optimize}
            private static void ColumnPairs({_ref} x, {_ref} xx, int blocks)
            """);
        EmitRowVectorLoop(() =>
        {
            writer.Write($"""
                {_ref} xv = ref At(ref x, {RowVectorText.Offset(plan, width, plan.Features)});
                {_ref} xxv = ref At(ref xx, {RowVectorText.Offset(plan, width, hessian.Product.Features)});
                """);
            writer.Open($"for (nuint a = 0; a < {plan.Features * plan.BlockRows}; a += {plan.BlockRows})");
            writer.Write($"""
                var xa = Load(ref xv, a);
                Store(xa, ref xxv, 0);
                xxv = ref At(ref xxv, {plan.BlockRows});
                """);
            writer.Block($"for (nuint b = 0; b <= a; b += {plan.BlockRows})", $"""
                Store(xa * Load(ref xv, b), ref xxv, 0);
                xxv = ref At(ref xxv, {plan.BlockRows});
                """);
            writer.Close();
        });
        writer.Close();
    }

    private void EmitRowVectorLoop(Action emitBody)
    {
        writer.Write($"nint end = {RowVectorText.Count(width)};");
        writer.Open("for (nint vector = 0; vector < end; vector++)");
        emitBody();
        writer.Close();
    }

    private string Part(int offset) => ScratchText.Part(plan, offset);
}
