namespace SoftmaxGen.Compiler;

/// <summary>
/// A shape that was compiled at run time: makes training sets, trains and loads models. No member reflects; each calls the compiled code through an interface.
/// Disposing of the trainer lets the assembly be unloaded, which happens when no model, training set or result of the shape is in use any more: those may
/// outlive the trainer. Thread-safe.
/// </summary>
public interface ICompiledTrainer : IDisposable
{
    /// <summary>Gets the constants of the shape: its numbers, the names of its classes and features, its labels.</summary>
    ModelShape Shape { get; }

    /// <summary>Validates rows and labels and packs them for training.</summary>
    /// <param name="rows">The rows as features, <c>n x m</c>, row-major; copied.</param>
    /// <param name="labels">The <c>n</c> labels: <see cref="ModelShape.Label"/> of the index of the class; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    ICompiledTrainingSet CreateTrainingSet(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, ReadOnlySpan<double> rowWeights = default);

    /// <summary>Trains a model on rows.</summary>
    /// <param name="rows">The rows as features, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the training early; the best model so far is returned with <see cref="StopReason.Canceled"/>.</param>
    /// <returns>The model and how the training ended.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a class has no row, or a number is not finite.
    /// </exception>
    CompiledTraining Train(
        ReadOnlySpan<double> rows,
        ReadOnlySpan<int> labels,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using ICompiledTrainingSet trainingSet = CreateTrainingSet(rows, labels);
        return Train(trainingSet, options, progress, cancellationToken);
    }

    /// <summary>Trains a model.</summary>
    /// <param name="trainingSet">The rows, from <see cref="CreateTrainingSet"/> of this trainer.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the training early; the best model so far is returned with <see cref="StopReason.Canceled"/>.</param>
    /// <returns>The model and how the training ended.</returns>
    /// <exception cref="ArgumentException">The set is another trainer's, a class has no row, or an option does not fit.</exception>
    CompiledTraining Train(
        ICompiledTrainingSet trainingSet,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Estimates how well a model does on rows that it was not trained on, as <see cref="CrossValidation"/> does.</summary>
    /// <param name="trainingSet">The rows, from <see cref="CreateTrainingSet"/> of this trainer.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">The number of folds, at least 2. The default is 5.</param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The metrics of the folds.</returns>
    /// <exception cref="ArgumentException">The set is another trainer's, or a class has fewer rows than there are folds.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    CrossValidationResult CrossValidate(
        ICompiledTrainingSet trainingSet, TrainingOptions? options = null, int folds = 5, int seed = 0, CancellationToken cancellationToken = default);

    /// <summary>Cross-validates strengths of the penalty, as <see cref="L2Path"/> does.</summary>
    /// <param name="trainingSet">The rows, from <see cref="CreateTrainingSet"/> of this trainer.</param>
    /// <param name="strengths">The values of <see cref="TrainingOptions.L2"/> to try; those of <see cref="L2Path.DefaultStrengths"/> when null.</param>
    /// <param name="options">How to train, but for the penalty; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">The number of folds, at least 2. The default is 5.</param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The cross-validation of each strength, and which of them to take.</returns>
    /// <exception cref="ArgumentException">The set is another trainer's, a strength is not valid, or a class has fewer rows than there are folds.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    L2PathResult FindPenalty(
        ICompiledTrainingSet trainingSet,
        IEnumerable<double>? strengths = null,
        TrainingOptions? options = null,
        int folds = 5,
        int seed = 0,
        CancellationToken cancellationToken = default);

    /// <summary>Makes a model from its weights.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row; copied.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The length is not <c>C * (m + 1)</c>, or a weight is not finite.</exception>
    ICompiledModel FromWeights(ReadOnlySpan<double> weights);

    /// <summary>Loads a model from a stream, read from its position to its end and left open, as <see cref="ModelFile"/> does.</summary>
    /// <param name="stream">The stream; its first bytes tell the form.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this shape; the message says what differs and where.</exception>
    ICompiledModel Load(Stream stream);

    /// <summary>Loads a model from a file, as <see cref="ModelFile"/> does.</summary>
    /// <param name="path">The path of the file; its first bytes tell the form.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this shape; the message says what differs and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    ICompiledModel Load(string path);

    /// <summary>Makes features of a row of values: of categories, flags, blanks and intervals the columns that the shape has for them.</summary>
    /// <param name="row">The row, a value for each of <see cref="ShapeDefinition.Features"/>.</param>
    /// <param name="features">Receives the <c>m</c> features.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a value has no column; the message names the feature.</exception>
    /// <exception cref="NotSupportedException">The shape was compiled from source.</exception>
    void CopyFeatures(RowValues row, Span<double> features);

    /// <summary>Does something with the shape that needs its type.</summary>
    /// <typeparam name="TResult">The type of what comes of it.</typeparam>
    /// <param name="action">What to do.</param>
    /// <returns>What comes of it.</returns>
    TResult Accept<TResult>(IShapeAction<TResult> action);
}
