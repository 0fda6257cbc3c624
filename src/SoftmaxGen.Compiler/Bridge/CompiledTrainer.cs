using System.Numerics;
using SoftmaxGen.Compiler.Compilation;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to a compiled shape, closed over its type.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
/// <param name="context">What unloads the assembly.</param>
/// <param name="rows">Reads rows of values; null where the shape was compiled from source.</param>
internal sealed class CompiledTrainer<TModel, T>(ModelContext context, IRowReader<TModel, T>? rows) : ICompiledTrainer
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ModelShape Shape => TModel.Shape;

    public ICompiledTrainingSet CreateTrainingSet(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, ReadOnlySpan<double> rowWeights) =>
        new CompiledTrainingSet<TModel, T>(rows, labels, rowWeights);

    public CompiledTraining Train(
        ICompiledTrainingSet trainingSet, TrainingOptions? options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingResult<TModel> result = SoftmaxTrainer.Train(CompiledTrainingSet<TModel, T>.Of(trainingSet), options, progress, cancellationToken);
        return new CompiledTraining<TModel>(result, Wrap(result.Model));
    }

    public CrossValidationResult CrossValidate(
        ICompiledTrainingSet trainingSet, TrainingOptions? options, int folds, int seed, CancellationToken cancellationToken) =>
        CrossValidation.Run(CompiledTrainingSet<TModel, T>.Of(trainingSet), options, folds, seed, cancellationToken);

    public L2PathResult FindPenalty(
        ICompiledTrainingSet trainingSet, IEnumerable<double>? strengths, TrainingOptions? options, int folds, int seed, CancellationToken cancellationToken) =>
        L2Path.Run(CompiledTrainingSet<TModel, T>.Of(trainingSet), strengths, options, folds, seed, cancellationToken);

    public ICompiledModel FromWeights(ReadOnlySpan<double> weights) => Wrap(TModel.FromWeights(Scalars.Of<T>(weights)));

    public ICompiledModel Load(Stream stream) => Wrap(ModelFile.Load<TModel, T>(stream));

    public ICompiledModel Load(string path) => Wrap(ModelFile.Load<TModel, T>(path));

    public void CopyFeatures(RowValues row, Span<double> features)
    {
        IRowReader<TModel, T> reader = RowReaders.Require(rows, row, Shape);
        Span<T> written = Scalars.For<T>(features);
        reader.CopyFeatures(row, written);
        Scalars.Return<T>(written, features);
    }

    public TResult Accept<TResult>(IShapeAction<TResult> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action.Run<TModel, T>(Wrap);
    }

    public void Dispose() => context.Unload();

    private CompiledModel<TModel, T> Wrap(TModel model) => new(model, rows);
}
