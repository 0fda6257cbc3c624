namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// How the scores of a block of rows of more than two classes are summed at one vector width: some classes at a time, while their sums stay in registers.
/// </summary>
/// <param name="Prediction">What holds at all widths.</param>
/// <param name="Target">The processors.</param>
internal abstract record BatchForm(PredictionPlan Prediction, VectorTarget Target)
{
    /// <summary>Classes that are summed at a time: as evenly as their number allows.</summary>
    public int GroupClasses => (Shape.Classes + Groups - 1) / Groups;

    /// <summary>Groups of classes, of which the last may be smaller.</summary>
    public int Groups => (Shape.Classes + MostClasses - 1) / MostClasses;

    protected Shape Shape => Prediction.Shape;

    /// <summary>The most classes whose sums the registers hold.</summary>
    protected abstract int MostClasses { get; }

    /// <summary>Chooses the form; null where batches go row by row, or need one score alone.</summary>
    public static BatchForm? Choose(PredictionPlan prediction, VectorTarget target) =>
        prediction.Difference is not null || prediction.TileBlocks == 0 ? null
        : StandingBatch.IsFaster(prediction, target) ? new StandingBatch(prediction, target)
        : new PackedBatch(prediction, target);

    /// <summary>Features in straight code for so many classes, or in one turn of a loop over the features.</summary>
    public abstract int UnrolledFeatures(int classes);
}
