using System.Numerics;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to a training set.</summary>
internal sealed class CompiledTrainingSet<TModel, T> : ICompiledTrainingSet
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingSet<TModel, T> _set;

    /// <summary>Initializes a new instance of the <see cref="CompiledTrainingSet{TModel, T}"/> class.</summary>
    /// <param name="rows">The rows as features, <c>n x m</c>, row-major; copied.</param>
    /// <param name="labels">The <c>n</c> labels; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows; copied. Empty: every row weighs 1.</param>
    public CompiledTrainingSet(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, ReadOnlySpan<double> rowWeights) =>
        _set = TModel.CreateTrainingSet(Scalars.Of<T>(rows), labels, Scalars.Of<T>(rowWeights));

    public long RowCount => _set.RowCount;

    /// <summary>Gets the set behind a handle.</summary>
    /// <exception cref="ArgumentException">The set is that of another shape.</exception>
    public static TrainingSet<TModel, T> Of(ICompiledTrainingSet trainingSet)
    {
        ArgumentNullException.ThrowIfNull(trainingSet);
        return trainingSet is CompiledTrainingSet<TModel, T> own
            ? own._set
            : throw new ArgumentException("The set was made by another trainer; a set is for its own trainer and the models of that.", nameof(trainingSet));
    }

    public void Dispose() => _set.Dispose();
}
