namespace SoftmaxGen;

/// <summary>What to do with a row that has a missing feature: one that is NaN. An infinite feature is refused in any case.</summary>
public enum IncompleteRows
{
    /// <summary>Throw an <see cref="ArgumentException"/> that names the row and the feature.</summary>
    Throw = 0,

    /// <summary>Leave the row out, and count it in <see cref="TrainingSet{TModel, T}.SkippedRowCount"/>.</summary>
    Skip = 1,
}
