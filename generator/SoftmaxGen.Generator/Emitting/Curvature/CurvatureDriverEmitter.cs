using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Curvature;

/// <summary>The drivers of the second-order kernels. Every row has a weight here, which is 0 for the rows of the padding.</summary>
internal sealed class CurvatureDriverEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly DispatchEmitter _dispatch = new(writer);
    private readonly CurvatureLayout _layout = plan.Curvature;
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly int _groupRows = ScratchLayout.GroupBlocks * plan.BlockRows;
    private readonly string _weights = "ReadOnlySpan<double>";
    private readonly string _sums = "Span<double>";

    private string PackedRows => $"PackedRows<{plan.Scalar}>";

    public void Emit()
    {
        KernelShell.OpenDriver(writer, plan);
        EmitProduct();
        writer.BlankLine();
        if (plan.Hessian is not null)
        {
            EmitHessian();
            writer.BlankLine();
        }

        EmitTileWeights();
        writer.BlankLine();
        string parameters = $"{_weights} weights, {_ref} x, {_ref} rowWeights, {_ref} next, int blocks, ref double scratch";
        _dispatch.Emit("void", "AddProductTile", parameters);
        if (plan.Hessian is not null)
        {
            writer.BlankLine();
            _dispatch.Emit("void", "AddHessianTile", parameters);
            writer.BlankLine();
            _dispatch.Emit("void", "AddHessianSumsTo", $"{_sums} hessian, ref double scratch");
        }

        writer.BlankLine();
        EmitCareful();
        KernelShell.Close(writer);
    }

    private void EmitProduct()
    {
        writer.Open($"""
            // Adds the product of the Hessian with a direction V: row j gains sum_i w_i p_j (u_j - sum_l p_l u_l) x_i, u = V x_i.
            internal static void AccumulateHessianProduct({_weights} weights, {_weights} direction, {PackedRows} rows, {_sums} productSum)
            """);
        EmitTiles("AddProductTile", () => writer.Write($"PrepareWeights(direction, ref {ScratchText.Part(plan, _layout.Direction)});"), $"AddSumsTo(productSum, ref At(ref scratch, {_layout.Sums}), 1 / Scale); // The direction was scaled like the weights.");
        writer.Close();
    }

    private void EmitHessian()
    {
        writer.Open($"""
            // Adds the distinct elements of the Hessian: for j >= l >= 1 the lower triangle of block (j, l), sum_i w_i (p_j [j == l] - p_j p_l) x_i x_i^T.
            internal static void AccumulateHessian({_weights} weights, {PackedRows} rows, {_sums} hessianSum)
            """);
        EmitTiles("AddHessianTile", () => { }, "AddHessianSumsTo(hessianSum, ref scratch);");
        writer.Close();
    }

    private void EmitTiles(string addTile, Action emitPreparation, string addSums)
    {
        writer.Write($"double[] rented = ArrayPool<double>.Shared.Rent({_layout.Length});");
        writer.Open("try");
        writer.Write($"""
            ref double scratch = ref MemoryMarshal.GetReference(Scratch.Align(rented));
            MemoryMarshal.CreateSpan(ref At(ref scratch, {_layout.Sums}), {_layout.SumDoubles}).Clear();
            PrepareWeights(weights, ref {ScratchText.Part(plan, CurvatureLayout.Weights)});
            """);
        emitPreparation();
        writer.Write($"""
            {_ref} x = ref MemoryMarshal.GetReference(rows.Features);
            int end = (rows.Count + {_groupRows - 1}) / {_groupRows} * {ScratchLayout.GroupBlocks};
            """);
        writer.Block($"for (int first = 0; first < end; first += {_layout.TileBlocks})", $"""
            int blocks = Math.Min({_layout.TileBlocks}, end - first);
            {_ref} rowWeights = ref TileWeights(rows, first, blocks, ref {ScratchText.Part(plan, _layout.RowWeights)});
            {_ref} xt = ref At(ref x, (nint)first * {plan.Features * plan.BlockRows});
            {addTile}(weights, ref xt, ref rowWeights, ref At(ref xt, {_layout.TileBlocks * plan.Features * plan.BlockRows}), blocks, ref scratch);
            """);
        writer.BlankLine();
        writer.Write(addSums);
        writer.Close();
        writer.Block("finally", "ArrayPool<double>.Shared.Return(rented);");
    }

    private void EmitCareful() => writer.Write($$"""
        // The rows of a vector whose contrasts lie beyond the exponential's range.
        {{KernelText.NoInline}}
        internal static void CarefulProbabilities(ReadOnlySpan<double> weights, {{_ref}} x, {{_ref}} p, nint vector, int lanes)
        {
            (nint block, nint lane) = Math.DivRem(vector * lanes, {{plan.BlockRows}});
            CarefulSoftmax.Probabilities(
                weights,
                MemoryMarshal.CreateReadOnlySpan(ref At(ref x, (block * {{plan.Features * plan.BlockRows}}) + lane), {{(plan.Features - 1) * plan.BlockRows}} + lanes),
                MemoryMarshal.CreateSpan(ref At(ref p, (block * {{plan.Contrasts * plan.BlockRows}}) + lane), {{(plan.Contrasts - 1) * plan.BlockRows}} + lanes),
                {{plan.BlockRows}},
                lanes);
        }
        """);

    private void EmitTileWeights()
    {
        writer.Open($"""
            // The weights of the rows of a tile; those of an unweighted training set are made in the scratch: 1, and 0 for the padding.
            private static {_ref} TileWeights({PackedRows} rows, int firstBlock, int blocks, {_ref} made)
            """);
        writer.Block("if (!rows.RowWeights.IsEmpty)", $"return ref At(ref MemoryMarshal.GetReference(rows.RowWeights), (nint)firstBlock * {plan.BlockRows});");
        writer.BlankLine();
        writer.Write($"""
            Span<{plan.Scalar}> weights = MemoryMarshal.CreateSpan(ref made, blocks * {plan.BlockRows});
            int real = Math.Min(weights.Length, rows.Count - (firstBlock * {plan.BlockRows}));
            weights.Slice(0, real).Fill(1);
            weights.Slice(real).Clear();
            return ref made;
            """);
        writer.Close();
    }
}
