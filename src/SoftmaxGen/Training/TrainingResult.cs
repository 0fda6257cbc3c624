using SoftmaxGen.Persistence;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>A trained model and how its training ended. Immutable and thread-safe.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/training.md#how-a-training-ends">how a training ends</see>.</remarks>
/// <example>
/// <code>
/// TrainingResult&lt;IrisModel&gt; result = IrisModel.Train(rows, labels);
/// if (!result.Converged)
/// {
///     Console.WriteLine($"The training ended as {result.StopReason} after {result.Iterations} iterations.");
/// }
///
/// result.Save("iris.softmax.json");
/// IrisModel model = result.Model;
/// </code>
/// </example>
public sealed class TrainingResult<TModel>
{
    private readonly TrainingProgress _best;

    // Knows the precision of the model, which the type of the result does not say.
    private readonly Action<TModel, Stream, ModelFormat, TrainingSummary> _write;

    internal TrainingResult(TModel model, Solution solution, Separation? separation, Action<TModel, Stream, ModelFormat, TrainingSummary> write)
    {
        _write = write;
        Separation = separation;
        Model = model;
        Loss = solution.Loss;
        Evaluations = solution.Evaluations;
        Solver = solution.Solver;
        StopReason = solution.StopReason;
        History = solution.History;
        Elapsed = solution.Elapsed;
        Options = solution.Options;
        FeatureMoments = solution.Moments;
        _best = solution.Best;
        L2 = solution.L2;
        Rows = solution.Rows;
    }

    /// <summary>
    /// Gets the model: it takes raw features. Its biases have mean zero over the classes, and without a penalty so has the weight of each
    /// feature: of all weights whose scores differ by one number in each row these are the smallest. Where features determine one another, as copies do,
    /// and nothing is penalised, more weights give the same probabilities; which of them these are depends on the solver, and Newton's method leaves the weight
    /// of the later feature where it began.
    /// </summary>
    public TModel Model { get; }

    /// <summary>
    /// Gets the objective at the solution, in double precision: the mean loss and the penalties. Scores are rounded, and so is the objective: by some 1e-16
    /// times the largest term <c>W_jk x_k</c>, which is 1e-8 where near copies have weights of 1e8. By how much that takes the model from the optimum is of the
    /// order of its square.
    /// </summary>
    public double Objective => _best.Objective;

    /// <summary>Gets the weighted mean loss <c>(1/n) sum_i w_i * -log P(y_i|x_i)</c> at the solution, in double precision, without the penalties.</summary>
    public double Loss { get; }

    /// <summary>
    /// Gets the largest magnitude of the objective's gradient at the solution, by the weights that the penalty acts on; see
    /// <see cref="TrainingProgress.GradientNorm"/>.
    /// </summary>
    public double GradientNorm => _best.GradientNorm;

    /// <summary>Gets the mean loss on the validation set at the solution; NaN when there is none.</summary>
    public double ValidationLoss => _best.ValidationLoss;

    /// <summary>Gets the number of iterations done; an iteration of a stochastic solver is an epoch.</summary>
    public int Iterations => History[^1].Iteration;

    /// <summary>
    /// Gets the iteration that found the solution: the last one, unless a validation set or a stochastic solver made an earlier one better.
    /// </summary>
    public int BestIteration => _best.Iteration;

    /// <summary>Gets the number of passes over the training set.</summary>
    public int Evaluations { get; }

    /// <summary>
    /// Gets the algorithm that finished: the choice that was made for <see cref="Solver.Auto"/>, or <see cref="Solver.Newton"/> where its last steps
    /// proved what another algorithm had found.
    /// </summary>
    public Solver Solver { get; }

    /// <summary>Gets the reason why the training ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>Gets a value indicating whether the model is the optimum; see <see cref="StopReason.Converged"/>.</summary>
    public bool Converged => StopReason == StopReason.Converged;

    /// <summary>
    /// Gets which classes can be separated, and by what, where the training ended with <see cref="StopReason.Separable"/>; null otherwise.
    /// <see cref="TrainingSet{TModel, T}.FindSeparation()"/> tells it without a training. Null, too, where the rows lie on several ranks.
    /// </summary>
    public Separation? Separation { get; }

    /// <summary>Gets the course of the training: the start, then one entry per iteration.</summary>
    public IReadOnlyList<TrainingProgress> History { get; }

    /// <summary>
    /// Gets the means and deviations of the features in the training rows, by the weights of rows and classes: what explanations and importances refer to. The
    /// model has them too, and its file keeps them.
    /// </summary>
    public FeatureMoments FeatureMoments { get; }

    /// <summary>Gets the time the training took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Saves the model and a summary of its training to a path, atomically, as <see cref="ModelFile"/> does.</summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="date">The date to write into the summary; none when null, so that the same training gives the same bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public void Save(string path, ModelFormat format = ModelFormat.Json, DateOnly? date = null) =>
        AtomicFile.Write(path, stream => Save(stream, format, date));

    /// <summary>Saves the model and a summary of its training to a stream, at its position; the stream is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="date">The date to write into the summary; none when null, so that the same training gives the same bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    public void Save(Stream stream, ModelFormat format = ModelFormat.Json, DateOnly? date = null) =>
        _write(Model, stream, format, new(Rows, Objective, Loss, Solver, StopReason, Iterations, L2, FeatureMoments, date));

    /// <summary>Gets the strength of the L2 penalty: that of the options, or what null stood for.</summary>
    internal double L2 { get; }

    /// <summary>Gets the number of rows of the training set.</summary>
    internal long Rows { get; }

    /// <summary>Gets the options of the training.</summary>
    internal TrainingOptions Options { get; }
}
