using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The kernels of one vector width: a private class with the stages, predictions, and the vector operations they are written in.</summary>
internal sealed class WidthEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    private bool SharesFetching => width.StagesShareFetching(plan.Contrasts, plan.Columns);

    public static string ClassName(int bits) => $"SoftmaxKernels{bits}";

    public void Emit()
    {
        writer.Open($"""
            /// <summary>The kernels for {width.Bits}-bit vectors: {width.Lanes} rows at a time.</summary>
            private static partial class {ClassName(width.Bits)}
            """);
        writer.Write($"private const double Scale = {Names.Numerics}.ScaledExp{width.Bits}.{(_scalar == "double" ? "Double" : "Single")}Scale;");
        writer.BlankLine();
        EmitPrepareWeights();
        writer.BlankLine();
        new TileEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitAddSumsTo();
        writer.BlankLine();
        new ScoreStageEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        EmitSoftmax(weighted: false);
        writer.BlankLine();
        EmitSoftmax(weighted: true);
        writer.BlankLine();
        EmitCareful();
        writer.BlankLine();
        new ProductStageEmitter(writer, plan, width, plan.Gradient, width.Gradient, $"Gradient: G_j += sum_i residual_ij x_i for j = 1..{plan.Contrasts}", SharesFetching).Emit();
        writer.BlankLine();
        if (width.Bits == DirectPlan.Bits && plan.Direct is { } direct)
        {
            new DirectStageEmitter(writer, plan, width, direct).Emit();
            writer.BlankLine();
        }

        if (width.Bits == ShortRowsPlan.Bits && plan.ShortRows is { } shortRows)
        {
            new ShortRowsStageEmitter(writer, plan, width, shortRows).Emit();
            writer.BlankLine();
        }

        new PredictionStagesEmitter(writer, plan, width).Emit();
        writer.BlankLine();
        new VectorOperationsEmitter(writer, plan, width).Emit();
        writer.Close();
    }

    private void EmitSoftmax(bool weighted)
    {
        if (width.Softmax.OverlapsDivision)
        {
            new OverlappedSoftmaxEmitter(writer, plan, width, weighted).Emit();
            writer.BlankLine();
            new LabelStageEmitter(writer, plan, width, weighted).Emit();
            return;
        }

        new SoftmaxStageEmitter(writer, plan, width, weighted).Emit();
    }

    private void EmitPrepareWeights()
    {
        writer.Open($"""
            // The weights in the order in which the scores read them: {width.Scores.Contrasts} contrasts at a time, column by column.
            {Names.Optimize}
            internal static void PrepareWeights({Names.ReadOnlySpan("double")} weights, {_ref} w)
            """);
        writer.Open($"for (int first = 1; first < {plan.Classes}; first += {width.Scores.Contrasts})");
        writer.Write($"int end = global::System.Math.Min(first + {width.Scores.Contrasts}, {plan.Classes});");
        writer.Open($"for (int k = 0; k < {plan.Columns}; k++)");
        writer.Open("for (int j = first; j < end; j++)");
        writer.Write($"""
            w = {Cast($"Scale * (weights[(j * {plan.Columns}) + k] - weights[k])")};
            w = ref At(ref w, 1);
            """);
        writer.Close();
        writer.Close();
        writer.Close();
        writer.Close();
    }

    private void EmitAddSumsTo()
    {
        writer.Open($"""
            // The gradient from the sums of its contrasts: row j gains G_j, row 0 loses them all.
            {Names.Optimize}
            internal static void AddSumsTo({Names.Span("double")} gradient, ref double g, double factor)
            """);
        writer.Open($"for (int j = 1; j < {plan.Classes}; j++)");
        writer.Open($"for (int k = 0; k < {plan.Columns}; k++)");
        writer.Write($"""
            double sum = factor * {(plan.SumsAreVectors ? "VectorSum(ref g)" : "g")};
            gradient[(j * {plan.Columns}) + k] += sum;
            gradient[k] -= sum;
            g = ref At(ref g, {plan.SumStride});
            """);
        writer.Close();
        writer.Close();
        writer.Close();
    }

    private void EmitCareful()
    {
        writer.Open($"""
            // One row vector whose contrasts lie beyond the exponential's range.
            {Names.NoInline}
            private static double Careful({Names.ReadOnlySpan("double")} weights, {_ref} x, {_ref} y, {Names.ReadOnlySpan(_scalar)} rowWeights, {_ref} t, nint vector)
            """);
        writer.Write($"""
            {_ref} xv = ref At(ref x, {RowVectorText.Offset(plan, width, plan.Features)});
            {_ref} tv = ref At(ref t, {RowVectorText.Offset(plan, width, plan.Contrasts)});
            {_ref} yv = ref At(ref y, vector * {width.Lanes});
            return {Names.Numerics}.CarefulSoftmax.Rows(
                weights,
                {Names.Marshal}.CreateReadOnlySpan(ref xv, {((plan.Features - 1) * plan.BlockRows) + width.Lanes}),
                {Names.Marshal}.CreateReadOnlySpan(ref yv, {width.Lanes}),
                rowWeights,
                {Names.Marshal}.CreateSpan(ref tv, {((plan.Contrasts - 1) * plan.BlockRows) + width.Lanes}),
                {plan.BlockRows});
            """);
        writer.Close();
    }

    private string Cast(string expression) => plan.Model.Precision == Precision.Double ? expression : $"(float)({expression})";
}
