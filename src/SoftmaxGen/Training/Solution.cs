using System.Collections.ObjectModel;

namespace SoftmaxGen.Training;

/// <summary>What a training found, whatever the model class and its precision. It lasts until a model is made of it.</summary>
internal readonly record struct Solution
{
    /// <summary>Gets the weights for raw features, centred, <c>C x (m+1)</c>, row-major: a vector of the workspace, which the next training takes.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Gets what was recorded of the solution.</summary>
    public required TrainingProgress Best { get; init; }

    /// <summary>Gets the objective: the mean loss and the penalties.</summary>
    public double Objective => Best.Objective;

    /// <summary>Gets the weighted mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Gets the number of evaluations of the objective, those of a failed line search at the end included.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Gets the algorithm that was used; not <see cref="Solver.Auto"/>.</summary>
    public required Solver Solver { get; init; }

    /// <summary>Gets the reason why the solver stopped.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Gets the start and every iteration.</summary>
    public required ReadOnlyCollection<TrainingProgress> History { get; init; }

    /// <summary>Gets the strength of the penalty.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets the moments of the features, by the weights of rows and classes.</summary>
    public required FeatureMoments Moments { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Gets the time the training took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets the options of the training.</summary>
    public required TrainingOptions Options { get; init; }
}
