using SoftmaxGen.Data;

namespace SoftmaxGen.Training;

/// <summary>The mean loss on rows that the training does not see, without a penalty.</summary>
/// <param name="set">The rows.</param>
/// <param name="objective">The objective, which knows what a point means.</param>
/// <param name="maxThreads">The most threads of an evaluation.</param>
internal sealed class ValidationLoss(IMeanLoss set, Objective objective, int maxThreads)
{
    private readonly double[] _weights = objective.Workspace.Rent(objective.ParameterCount);
    private readonly double[] _gradient = objective.Workspace.Rent(objective.ParameterCount);

    /// <summary>Evaluates the loss: one pass over the validation set.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The mean loss.</returns>
    public double At(ReadOnlySpan<double> point)
    {
        objective.ToRawWeights(point, _weights);
        return set.LossAndGradient(_weights, _gradient, maxThreads);
    }
}
