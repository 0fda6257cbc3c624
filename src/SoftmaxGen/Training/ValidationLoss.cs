using SoftmaxGen.Data;

namespace SoftmaxGen.Training;

/// <summary>The mean loss on rows that the training does not see, without a penalty.</summary>
internal sealed class ValidationLoss(IMeanLoss set, Objective objective, int maxThreads)
{
    private readonly double[] _weights = objective.Workspace.Rent(objective.ParameterCount);
    private readonly double[] _gradient = objective.Workspace.Rent(objective.ParameterCount);

    /// <summary>Evaluates the loss: one pass over the validation set.</summary>
    public double At(ReadOnlySpan<double> point)
    {
        objective.ToRawWeights(point, _weights);
        return set.LossAndGradient(_weights, _gradient, maxThreads);
    }
}
