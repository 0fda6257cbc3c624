namespace SoftmaxGen.Compiler;

/// <summary>The rows and labels of a shape that was compiled at run time, validated and packed: a <see cref="TrainingSet{TModel, T}"/>. Thread-safe.</summary>
public interface ICompiledTrainingSet : IDisposable
{
    /// <summary>Gets the number of rows.</summary>
    long RowCount { get; }
}
