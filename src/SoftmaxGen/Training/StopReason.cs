namespace SoftmaxGen;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>
    /// The model is the optimum. The largest magnitude of the gradient is within <see cref="TrainingOptions.Tolerance"/>, or within the rounding of its terms
    /// where features lie far from zero, and what is left to gain is negligible: by the penalty, or by Newton's decrement (Boyd and Vandenberghe, <i>Convex
    /// Optimization</i>, 2004, (9.30)), at most a tenth of the tolerance relative to the objective. Where weights are large against what features differ
    /// by, as of near copies, the objective itself is rounded by more than that: see <see cref="TrainingResult{TModel}.Objective"/>.
    /// </summary>
    Converged = 0,

    /// <summary>
    /// <see cref="TrainingOptions.MaxIterations"/> iterations, or <see cref="TrainingOptions.Epochs"/> epochs of a stochastic solver, were not enough to
    /// converge, or to prove it.
    /// </summary>
    MaxIterations = 1,

    /// <summary>
    /// No step along the steepest descent improves the objective any more, although it is not proved to be minimal: the tolerance asks for more digits than
    /// the arithmetic has, or a feature lies so many deviations from zero, or depends on others so nearly, that its scores have too few. The model is the best
    /// so far.
    /// </summary>
    NoProgress = 2,

    /// <summary>
    /// There is no penalty and some rows can be separated, all or all but those that lie between, so there is no optimum: along some direction of the
    /// weights the loss of no row grows and that of some falls for ever. Where all rows are separated, the model classifies every row of positive weight
    /// rightly. Otherwise its loss is near the infimum; the weights that tell the other rows apart are right, and those that separate are as large as the
    /// training happened to make them. <see cref="TrainingResult{TModel}.Separation"/> says which classes are separated by what. Set
    /// <see cref="TrainingOptions.L2"/> above 0, or <see cref="TrainingOptions.BiasReduction"/>, for an optimum to exist.
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
