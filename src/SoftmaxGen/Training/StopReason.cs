namespace SoftmaxGen;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>The largest magnitude of the gradient is within <see cref="TrainingOptions.Tolerance"/>: the model is the optimum.</summary>
    Converged = 0,

    /// <summary>
    /// <see cref="TrainingOptions.MaxIterations"/> iterations, or <see cref="TrainingOptions.Epochs"/> epochs of a stochastic solver, were not enough to
    /// converge.
    /// </summary>
    MaxIterations = 1,

    /// <summary>
    /// No step along the steepest descent improves the objective any more, although the gradient is above the tolerance: the
    /// tolerance asks for more digits than the arithmetic has.
    /// </summary>
    NoProgress = 2,

    /// <summary>
    /// There is no penalty and the classes can be separated, so there is no optimum: scaling the weights up lowers the loss for ever.
    /// It is proved by a total weighted loss below <c>ln 2</c> times the smallest row weight: every row's own loss is then below
    /// <c>ln 2</c>, so every row's class has a probability above 1/2. The model classifies every row of positive weight rightly.
    /// <see cref="TrainingResult{TModel}.Separation"/> says which classes are separated by what. Set <see cref="TrainingOptions.L2"/> above 0, or
    /// <see cref="TrainingOptions.BiasReduction"/>, for an optimum to exist.
    /// </summary>
    Separable = 3,

    /// <summary>The caller canceled; the model is the best so far.</summary>
    Canceled = 4,

    /// <summary>
    /// The loss on the validation set had stopped falling: for <see cref="TrainingOptions.Patience"/> iterations, or when the training converged. The
    /// model is that of the iteration with the lowest validation loss.
    /// </summary>
    EarlyStopped = 5,

    /// <summary>
    /// The steps of a stochastic solver led beyond all numbers: <see cref="TrainingOptions.LearningRate"/> is too large. The model is the best so far.
    /// </summary>
    Diverged = 6,
}
