using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>How to train a model. The defaults suit most data. Immutable; checked when a training starts.</summary>
/// <remarks>
/// More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/training.md">each option, when to set it and what it costs</see>.
/// </remarks>
/// <example>
/// A weaker penalty, and all cores:
/// <code>
/// var options = new TrainingOptions { L2 = 1e-3, MaxThreads = Environment.ProcessorCount };
/// TrainingResult&lt;IrisModel&gt; result = IrisModel.Train(rows, labels, options);
/// </code>
/// </example>
public sealed record TrainingOptions
{
    /// <summary>Gets the algorithm. The default is <see cref="Solver.Auto"/>.</summary>
    public Solver Solver { get; init; }

    /// <summary>
    /// Gets the strength of the penalty <c>(l2/2) * ||W without column 0||^2</c> that is added to the mean loss: finite and not negative;
    /// 0 for none. The default, null, is <c>1/n</c>, where <c>n</c> is the sum of the rows' weights; with <see cref="BiasReduction"/> it is 0.
    /// The bias is never penalised.
    /// <para>
    /// The default counts weight, not rows, as scikit-learn's <c>C = 1</c> does: a row of weight 2 is as good as two rows. Weights that add up to 1 make it 1,
    /// which is a strong penalty. Where weights say only what rows count against each other, scale them to a mean of 1, or set this option.
    /// </para>
    /// </summary>
    public double? L2 { get; init; }

    /// <summary>
    /// Gets the strength of the penalty <c>l1 * |W without column 0|_1</c> that is added to the mean loss: finite and not negative. Above 0 it makes
    /// weights exactly 0 (the elastic net, together with <see cref="L2"/>), and the solver must be <see cref="Solver.Auto"/>,
    /// <see cref="Solver.Newton"/> or <see cref="Solver.Lbfgs"/>. The default is 0. The bias is never penalised.
    /// </summary>
    public double L1 { get; init; }

    /// <summary>
    /// Gets the strength of the penalty <c>groupL1 * sum_k ||W_k||_2</c> that is added to the mean loss, where <c>W_k</c> is column <c>k</c> of <c>W</c>: the
    /// <c>C</c> weights of feature <c>k</c>, one for each class. Finite and not negative; the default is 0. Above 0 it chooses features: one that is not worth
    /// its weights has exactly 0 for all classes at once, where <see cref="L1"/> scatters zeros (Yuan and Lin, <i>Model selection and estimation in regression
    /// with grouped variables</i>, J. R. Stat. Soc. B 68, 2006). The biases, column 0, are never penalised.
    /// <para>
    /// It acts on the same weights as the other penalties (<see cref="Standardize"/>) and may be added to them: with <see cref="L2"/>, whose default is not 0,
    /// it is the elastic net of groups; with <see cref="L1"/> the sparse-group lasso, which has zeros within the features that it chose, too. The solver must
    /// be <see cref="Solver.Auto"/>, <see cref="Solver.Newton"/> or <see cref="Solver.Lbfgs"/>.
    /// </para>
    /// </summary>
    /// <example>
    /// Which features tell irises apart?
    /// <code>
    /// TrainingResult&lt;IrisModel&gt; result = IrisModel.Train(rows, labels, new TrainingOptions { GroupL1 = 0.1 });
    /// ReadOnlySpan&lt;double&gt; weights = result.Model.Weights;
    /// bool isSepalLengthChosen = weights[1] != 0;
    /// </code>
    /// </example>
    public double GroupL1 { get; init; }

    /// <summary>
    /// Gets a value indicating whether the fit is bias-reduced: it maximises <c>log-likelihood + (1/2) log det I(W)</c> with Fisher's information
    /// <c>I</c>, the likelihood under Jeffreys's prior (Firth, <i>Bias reduction of maximum likelihood estimates</i>, Biometrika 80, 1993). Of the
    /// weights' bias only what is small of the order <c>1/n^2</c> remains, and there is an optimum where the classes are separated, too (Heinze and
    /// Schemper, <i>A solution to the problem of separation in logistic regression</i>, Statistics in Medicine 21, 2002). The default is false. When
    /// it is true, <see cref="L1"/> and <see cref="GroupL1"/> must be 0, <see cref="L2"/> null or 0, the solver <see cref="Solver.Auto"/>,
    /// <see cref="Solver.Newton"/> or <see cref="Solver.Lbfgs"/>, no feature may be a linear combination of others, and the model needs its exact Hessian
    /// (<see cref="ModelShape.HasHessian"/>). An iteration takes <c>P^2</c> operations a row. <see cref="TrainingResult{TModel}.Objective"/> then
    /// contains <c>(1/n) (b - (1/2) log det I)</c>, where a constant <c>b</c> keeps the penalty from falling below 0.
    /// </summary>
    public bool BiasReduction { get; init; }

    /// <summary>
    /// Gets a value indicating whether the penalties act on the weights of standardised features <c>(x - mean) / deviation</c>, so that they do
    /// not depend on the features' units, or on the weights of the raw features. The trained model takes raw features either way, and
    /// the optimiser scales them for itself either way. The default is true.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// Gets the largest magnitude of the objective's gradient, by the weights that the penalty acts on, at which a training may have converged:
    /// finite and positive. The default is 1e-6. Where such a gradient does not prove that the objective is within a tenth of the tolerance, relatively, of its
    /// minimum, the training goes on, by Newton's method if need be; see <see cref="StopReason.Converged"/>.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Gets the most iterations of a solver that is not stochastic; at least 1. The default is 200.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>Gets the most epochs of a stochastic solver: passes over the rows in batches; at least 1. The default is 50.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Gets the rows of a batch of a stochastic solver; at least 1. The default is 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Gets the learning rate of a stochastic solver, for features scaled to a deviation of 1: finite and positive. The default, null, is 0.5 for
    /// <see cref="Solver.Sgd"/>, 0.05 for <see cref="Solver.Momentum"/>, 0.05 for <see cref="Solver.Adam"/> and 0.5 for <see cref="Solver.AdaGrad"/>.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>Gets how the learning rate changes. The default is <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; }

    /// <summary>Gets the seed of the order in which a stochastic solver takes the rows. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets how much the rows of each class weigh. The default, null, leaves the rows' weights as they are.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Gets what to do when a class has no row of positive weight. The default is <see cref="MissingClasses.Refuse"/>.</summary>
    public MissingClasses MissingClasses { get; init; }

    /// <summary>
    /// Gets the share <c>e</c> of every row's label that is spread over all classes, at least 0 and below 1: the target of class <c>j</c> is
    /// <c>(1 - e) [j == y] + e / C</c> (Szegedy and others, <i>Rethinking the inception architecture for computer vision</i>, 2016). The default is 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Gets the weights to start from, <c>C x (m+1)</c>, row-major, the bias first in each row, for raw features: those of an earlier model. Finite. The
    /// default, empty, is to start from zero. Where zero has a lower objective, or weights between have, the training starts there.
    /// </summary>
    public ReadOnlyMemory<double> InitialWeights { get; init; }

    /// <summary>
    /// Gets the iterations without a lower loss on the validation set after which a training that has one stops; at least 1. The default is 10.
    /// </summary>
    public int Patience { get; init; } = 10;

    /// <summary>Gets the most threads; at least 1. The trained weights have the same bits for any number. The default is 1.</summary>
    public int MaxThreads { get; init; } = 1;

    /// <summary>
    /// Gets where the training keeps what it has found out, so that it can be resumed. The default, null, keeps nothing. Not for stochastic solvers, whose
    /// steps are too many to be kept.
    /// </summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>Computes the strength of the L2 penalty: <see cref="L2"/> or what it stands for when it is null.</summary>
    internal double L2Of(double totalWeight) => BiasReduction ? 0 : L2 ?? (1 / totalWeight);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate(string parameterName)
    {
        Require(Enum.IsDefined(Solver), nameof(Solver), Solver, "it must be a defined solver");
        Require(L2 is null or (>= 0 and < double.PositiveInfinity), nameof(L2), L2, "it must be finite and not negative");
        Require(L1 is >= 0 and < double.PositiveInfinity, nameof(L1), L1, "it must be finite and not negative");
        Require(GroupL1 is >= 0 and < double.PositiveInfinity, nameof(GroupL1), GroupL1, "it must be finite and not negative");
        bool isSecondOrder = Solver is Solver.Auto or Solver.Newton or Solver.Lbfgs;
        Require(!BiasReduction || L1 == 0, nameof(L1), L1, "with BiasReduction it must be 0");
        Require(!BiasReduction || GroupL1 == 0, nameof(GroupL1), GroupL1, "with BiasReduction it must be 0");
        Require(!BiasReduction || L2 is null or 0, nameof(L2), L2, "with BiasReduction it must be null or 0");
        Require(!BiasReduction || isSecondOrder, nameof(Solver), Solver, "with BiasReduction it must be Auto, Newton or Lbfgs");
        Require(L1 == 0 || isSecondOrder, nameof(Solver), Solver, "with an L1 penalty it must be Auto, Newton or Lbfgs");
        Require(GroupL1 == 0 || isSecondOrder, nameof(Solver), Solver, "with a GroupL1 penalty it must be Auto, Newton or Lbfgs");
        Require(Tolerance is > 0 and < double.PositiveInfinity, nameof(Tolerance), Tolerance, "it must be finite and positive");
        Require(MaxIterations >= 1, nameof(MaxIterations), MaxIterations, "it must be at least 1");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "it must be at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "it must be at least 1");
        Require(LearningRate is null or (> 0 and < double.PositiveInfinity), nameof(LearningRate), LearningRate, "it must be finite and positive");
        Require(Enum.IsDefined(LearningRateSchedule), nameof(LearningRateSchedule), LearningRateSchedule, "it must be a defined schedule");
        Require(Enum.IsDefined(MissingClasses), nameof(MissingClasses), MissingClasses, "it must be Refuse or Allow");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "it must be at least 0 and below 1");
        Require(Patience >= 1, nameof(Patience), Patience, "it must be at least 1");
        Require(MaxThreads >= 1, nameof(MaxThreads), MaxThreads, "it must be at least 1");
        Require(Checkpoint is null or { Path.Length: > 0 }, nameof(Checkpoint), Checkpoint?.Path, "its Path must not be empty");
        Require(Checkpoint is null or { EveryIterations: >= 1 }, nameof(Checkpoint), Checkpoint?.EveryIterations, "EveryIterations must be at least 1");
        Require(
            Checkpoint is null || !SolverChoice.IsStochastic(Solver),
            nameof(Solver),
            Solver,
            "with a Checkpoint it must be Auto, Newton, Lbfgs or GradientDescent");

        void Require<TOption>(bool valid, string option, TOption value, string rule)
        {
            if (!valid)
            {
                throw Refusal.OutOfRange(parameterName, value, $"{option} is {value}; {rule}.");
            }
        }
    }
}
