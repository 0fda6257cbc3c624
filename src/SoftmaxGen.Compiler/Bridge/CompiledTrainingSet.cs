using System.Numerics;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to a training set.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
/// <param name="set">The training set.</param>
internal sealed class CompiledTrainingSet<TModel, T>(TrainingSet<TModel, T> set) : ICompiledTrainingSet
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public long RowCount => set.RowCount;

    /// <summary>Gets the set behind a handle.</summary>
    /// <param name="handle">The handle.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">The set is that of another shape.</exception>
    public static TrainingSet<TModel, T> Of(ICompiledTrainingSet handle)
    {
        ArgumentNullException.ThrowIfNull(handle, "set");
        return handle is CompiledTrainingSet<TModel, T> own
            ? own.Set
            : throw new ArgumentException("The set was made by another trainer; a set is for the trainer that made it and for its models.", "set");
    }

    /// <inheritdoc/>
    public void Dispose() => set.Dispose();

    private TrainingSet<TModel, T> Set => set;
}
