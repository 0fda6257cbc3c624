using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Rows are taken as they stand: a vector holds a feature of each chain, of one row or of two, and so its lanes are the chains of a row alone.
/// </summary>
internal sealed record StandingBatch(PredictionPlan Prediction, VectorTarget Target) : BatchForm(Prediction, Target)
{
    /// <summary>The lanes of a row: its chains.</summary>
    public const int Chains = PredictionPlan.MostChains;

    /// <summary>Vectors that become one row vector.</summary>
    public const int Vectors = 4;

    // Multiplications without a loop over the features, and in one turn of it.
    private const int NoLoop = 64;
    private const int PerTurn = 32;

    public int RowsPerVector => Target.Lanes(Shape) / Chains;

    /// <summary>The features that fill no vector.</summary>
    public int Rest => Shape.Features % Chains;

    // Sums, the features that they share, and a vector of weights.
    protected override int MostClasses => (Target.Registers - Vectors - 1) / Vectors;

    /// <summary>
    /// Only in double precision: to bring four features of four rows together takes as many shuffles as packing. With two rows to a vector weights need
    /// shuffles as well, and so few features must not have many classes.
    /// </summary>
    public static bool IsFaster(PredictionPlan prediction, VectorTarget target)
    {
        Shape shape = prediction.Shape;
        int lanes = target.Lanes(shape);
        return prediction.Chains == Chains && shape.Precision == Precision.Double && (lanes == Chains || (lanes > Chains && shape.Features > shape.Classes));
    }

    public override int UnrolledFeatures(int classes)
    {
        int perStep = Vectors * classes;
        int steps = Shape.Features / Chains;
        return (steps * perStep <= NoLoop ? steps : Math.Max(1, PerTurn / perStep)) * Chains;
    }
}
