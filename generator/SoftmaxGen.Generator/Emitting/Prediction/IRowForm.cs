namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>Where the scores of one row are kept while it is predicted: in registers, or in memory.</summary>
internal interface IRowForm
{
    /// <summary>Emits the sums of the scores, where all kernels share them.</summary>
    void EmitSums();

    /// <summary>Emits the kernel that finds the most probable class, and its probability or not.</summary>
    void EmitBest(bool withProbability);

    /// <summary>Emits the kernel that stores the scores.</summary>
    void EmitScores();

    /// <summary>Emits the kernel that stores the probabilities.</summary>
    void EmitProbabilities();

    /// <summary>Emits what the kernels use whichever way scores are summed.</summary>
    void EmitShared();
}
