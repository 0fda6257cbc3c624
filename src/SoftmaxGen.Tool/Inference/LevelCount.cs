namespace SoftmaxGen.Tool.Inference;

/// <summary>How often a value occurs in a column, and with which label.</summary>
internal struct LevelCount
{
    /// <summary>Stands for several labels.</summary>
    public const int Mixed = -1;

    /// <summary>The number of rows with the value.</summary>
    public int Count;

    /// <summary>The label of these rows; <see cref="Mixed"/> where they have several.</summary>
    public int Label;
}
