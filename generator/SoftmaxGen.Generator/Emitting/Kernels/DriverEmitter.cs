using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>
/// What the members of the model call to train: the library cuts rows into tiles, by the plan, and hands them to the stages of a vector width.
/// </summary>
internal sealed class DriverEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly DispatchEmitter _dispatch = new(writer, plan);
    private readonly string _packedRows = $"PackedRows<{plan.Scalar}> rows";
    private readonly string _rows = $"ReadOnlySpan<{plan.Scalar}>";

    public void Emit()
    {
        EmitPlan();
        writer.BlankLine();
        writer.Write("// Adds the loss and the gradient of packed rows to running sums.");
        EmitTiles("double", "TrainingTiles", "Accumulate", $"ReadOnlySpan<double> weights, {_packedRows}, Span<double> gradientSum");
        writer.BlankLine();
        writer.Write("// The mean loss and gradient of row-major rows.");
        EmitTiles("double", "TrainingTiles", "LossAndGradient", $"{_rows} weights, {_rows} rows, ReadOnlySpan<int> labels, Span<{plan.Scalar}> gradient");
        writer.BlankLine();
        writer.Write("// Adds the product of the Hessian with a direction.");
        string directed = $"ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, {_packedRows}, Span<double> productSum";
        EmitTiles("void", "CurvatureTiles", "AccumulateProduct", directed);
        if (plan.Hessian is not null)
        {
            writer.BlankLine();
            writer.Write("// Adds the distinct elements of the Hessian.");
            EmitTiles("void", "CurvatureTiles", "AccumulateHessian", $"ReadOnlySpan<double> weights, {_packedRows}, Span<double> hessianSum");
        }
    }

    private void EmitPlan()
    {
        string tileBlocks = plan.NarrowTileBlocks < plan.TileBlocks
            ? $"Vector512.IsHardwareAccelerated ? {plan.TileBlocks} : {plan.NarrowTileBlocks}"
            : $"{plan.TileBlocks}";
        writer.Write($"""
            public static int Classes => {plan.Classes};
            public static int Features => {plan.Features};
            public static int FirstLabel => {plan.Model.FirstKernelLabel};
            public static int TileBlocks => {tileBlocks};
            public static int RowMajorTileBlocks => {plan.RowMajorTileBlocks};
            public static int BatchBlocks => {plan.Prediction.TileBlocks};
            public static int ColumnsLength => {plan.Prediction.ColumnsLength};
            public static int SumStride => {plan.SumStride};
            public static int HessianStride => {plan.Hessian?.Product.SumStride ?? 0};
            public static bool PacksBlocks => {(plan.PacksBlocks ? "true" : "false")};
            public static bool RentsScratch => {(plan.ScratchIsPooled ? "true" : "false")};
            """);
    }

    private void EmitTiles(string result, string tiles, string method, string parameters) => _dispatch.Emit(
        result, method, parameters, callee: bits => $"{tiles}<{KernelShell.Driver}, {KernelShell.Width(bits)}, {plan.Scalar}>.{method}");
}
