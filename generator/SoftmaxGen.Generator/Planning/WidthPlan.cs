namespace SoftmaxGen.Generator.Planning;

/// <summary>What is decided for each vector width by itself.</summary>
internal sealed record WidthPlan
{
    public required VectorTarget Target { get; init; }

    /// <summary>Rows per vector.</summary>
    public required int Lanes { get; init; }

    public required ScoreTile Scores { get; init; }

    public required SoftmaxTile Softmax { get; init; }

    public required GradientTile Gradient { get; init; }

    public required GradientTile? Hessian { get; init; }

    /// <summary>How row-major rows are added without being packed; null where they are packed.</summary>
    public required UnpackedForm? Unpacked { get; init; }

    /// <summary>The prediction of one row; null for two classes, and where a column of classes does not fill a vector.</summary>
    public required RowTile? Row { get; init; }

    /// <summary>The scores of many rows; null for two classes, and where not even one block of rows fits the stack.</summary>
    public required BatchForm? Batch { get; init; }

    /// <summary>
    /// Whether the score and the gradient stage fetch every other cache line of the next tile each, instead of the score stage all of them: the
    /// more evenly the requests are spread, the fewer of them wait for one another. It takes stages that see every line once, and turns of
    /// their loops that begin at even features or at odd ones, but not at both.
    /// </summary>
    public bool StagesShareFetching(Shape shape) =>
        Scores.Contrasts == shape.Contrasts
        && Gradient.Contrasts == shape.Contrasts
        && Scores.UnrolledFeatures % 2 == 0
        && (Gradient.Columns % 2 == 0 || shape.Columns <= 2 * Gradient.Columns);

    public int Bits => Target.Bits;

    public int VectorsPerBlock => Target.VectorsPerBlock;
}
