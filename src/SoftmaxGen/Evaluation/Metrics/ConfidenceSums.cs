namespace SoftmaxGen;

/// <summary>The sums of rows of like confidence.</summary>
internal struct ConfidenceSums
{
    /// <summary>The number of rows.</summary>
    public int Rows;

    /// <summary>The sum of their weights.</summary>
    public double Weight;

    /// <summary>The weighted sum of the probabilities of the predicted classes.</summary>
    public double Confidence;
}
