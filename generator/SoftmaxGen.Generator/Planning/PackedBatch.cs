namespace SoftmaxGen.Generator.Planning;

/// <summary>Rows are packed, a block at a time, while it is in the nearest cache: lanes are rows.</summary>
internal sealed record PackedBatch(PredictionPlan Prediction, VectorTarget Target) : BatchForm(Prediction, Target)
{
    // Multiplications without a loop over the features, and in one turn of it: fewer where the last group of classes has code of its own.
    private const int NoLoop = 96;
    private const int MostPerTurn = 48;

    // One pass over the features serves so many chains, the others follow in a second.
    private const int MostChains = 2;

    /// <summary>Chains that are summed side by side.</summary>
    public int PassChains => Math.Min(Prediction.Chains, MostChains);

    // One load of a row vector serves a group of classes.
    protected override int MostClasses => Math.Max(1, Target.BatchSums / PassChains);

    public override int UnrolledFeatures(int classes)
    {
        int perTurn = Groups > 1 ? MostPerTurn / 2 : MostPerTurn;
        int chains = Prediction.Chains;
        return classes * Shape.Features <= NoLoop ? Shape.Features : Math.Max(chains, perTurn * chains / PassChains / classes / chains * chains);
    }
}
