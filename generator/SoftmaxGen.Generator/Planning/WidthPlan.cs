namespace SoftmaxGen.Generator.Planning;

/// <summary>The register tiles of the three stages at one vector width.</summary>
internal sealed record WidthPlan
{
    public required int Bits { get; init; }

    /// <summary>Rows per vector.</summary>
    public required int Lanes { get; init; }

    public required ScoreTile Scores { get; init; }

    public required SoftmaxTile Softmax { get; init; }

    public required GradientTile Gradient { get; init; }

    public required GradientTile? Hessian { get; init; }

    /// <summary>Vectors that make up one 64-byte row vector of a block.</summary>
    public int VectorsPerBlock => 512 / Bits;
}
