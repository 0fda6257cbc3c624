using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>A plan in words, for the generated header and <c>ModelShape.KernelDescription</c>.</summary>
internal static class PlanText
{
    public static string Shape(KernelPlan plan) =>
        $"{plan.Classes} classes x {plan.Features} features, {plan.Scalar}: {plan.ParameterCount} weights; " +
        $"{RowWork.Of(plan).Flops} flops and {RowWork.Of(plan).Bytes} bytes a row; " +
        $"tiles of {plan.TileBlocks * plan.BlockRows} packed{Narrower(plan)} or {plan.RowMajorTileBlocks * plan.BlockRows} row-major rows.{Unpacked(plan)}";

    private static string Narrower(KernelPlan plan) =>
        plan.NarrowTileBlocks < plan.TileBlocks ? $" ({plan.NarrowTileBlocks * plan.BlockRows} below 512 bit)" : "";

    private static string Unpacked(KernelPlan plan) => plan.Widest.Unpacked is { } form ? $" At {plan.Widest.Bits} bit, {form.Description}." : "";

    public static IEnumerable<string> Widths(KernelPlan plan) => plan.Widths.Select(Tiles);

    public static string Scratch(KernelPlan plan)
    {
        string place = plan.ScratchIsPooled ? "scratch rented from the array pool" : "scratch on the stack";
        string sums = plan.SumsAreVectors ? "gradient sums kept as vectors" : "gradient sums added up after each tile";
        return $"{plan.StackBytes} stack bytes; {place}; {sums}.";
    }

    public static string Prediction(KernelPlan plan) => PredictionText.Describe(plan);

    public static string Description(KernelPlan plan) => string.Join(" ", Widths(plan).Prepend(Shape(plan)).Append(Scratch(plan)).Append(Prediction(plan)));

    private static string Tiles(WidthPlan width) =>
        $"{width.Bits} bit: scores {width.Scores.Vectors} row vectors x {width.Scores.Contrasts} contrasts; " +
        $"softmax {width.Softmax.ContrastsPerTurn} contrasts a turn; " +
        $"gradient {width.Gradient.Contrasts} contrasts x {width.Gradient.Columns} columns x {width.Gradient.Chains} accumulators.";
}
