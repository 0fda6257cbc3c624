namespace SoftmaxGen.ML;

/// <summary>What a <see cref="SoftmaxMapping{TModel, T}"/> adds to a row, under the names that ML.NET's own classifiers use.</summary>
public sealed class SoftmaxOutput
{
    /// <summary>Gets or sets the name of the predicted class, or its label where classes have no names.</summary>
    public string PredictedLabel { get; set; } = "";

    /// <summary>Gets or sets the <c>C</c> probabilities, in the order of the classes.</summary>
#pragma warning disable CA1819 // Columns of ML.NET that are vectors are arrays.
    public float[] Score { get; set; } = [];
#pragma warning restore CA1819
}
