namespace SoftmaxGen.ML;

/// <summary>What a <see cref="SoftmaxMapping{TModel, T}"/> reads of a row.</summary>
public sealed class SoftmaxInput
{
    /// <summary>Gets or sets the <c>m</c> features.</summary>
#pragma warning disable CA1819 // Columns of ML.NET that are vectors are arrays.
    public float[] Features { get; set; } = [];
#pragma warning restore CA1819
}
