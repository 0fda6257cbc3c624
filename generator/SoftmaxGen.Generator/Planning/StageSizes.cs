namespace SoftmaxGen.Generator.Planning;

/// <summary>The estimated sizes of the largest methods at one vector width: the stages. All others are smaller, whatever the shape.</summary>
internal static class StageSizes
{
    public static IEnumerable<MethodSize> Of(KernelPlan plan, WidthPlan width)
    {
        yield return new("Scores", ScoreStageSize.Of(width.Scores, plan.Contrasts, plan.Features, width.VectorsPerBlock));
        yield return new("Softmax", SoftmaxStageSize.Of(width.Softmax, plan.Contrasts, weighted: false));
        yield return new("WeightedSoftmax", SoftmaxStageSize.Of(width.Softmax, plan.Contrasts, weighted: true));
        yield return Product(plan.Gradient, width.Gradient, width);
        if (plan.Direct is { } direct && width.Bits == DirectPlan.Bits)
        {
            yield return new("Direct", DirectStageSize.Of(direct, plan.Contrasts));
        }

        if (plan.ShortRows is { } shortRows && width.Bits == ShortRowsPlan.Bits)
        {
            yield return new("ShortRows", ShortRowsStageSize.Of(shortRows));
        }

        if (plan.Hessian is { } hessian && width.Hessian is { } tile)
        {
            foreach (MethodSize method in hessian.IsFused
                ? hessian.Passes(tile).Select(pass => new MethodSize(pass.Name, pass.Size(hessian.ContrastPairs, width.VectorsPerBlock)))
                : [Product(hessian.Product, tile, width)])
            {
                yield return method;
            }
        }
    }

    private static MethodSize Product(ProductShape shape, GradientTile tile, WidthPlan width) =>
        new($"{shape.Name}{tile.Contrasts}", ProductStageSize.Of(tile, shape.Columns, width.VectorsPerBlock));
}
