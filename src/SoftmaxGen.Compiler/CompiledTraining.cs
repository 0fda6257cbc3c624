namespace SoftmaxGen.Compiler;

/// <summary>A trained model of a shape that was compiled at run time, and how its training ended: a <see cref="TrainingResult{TModel}"/>. Immutable.</summary>
public abstract class CompiledTraining
{
    private protected CompiledTraining()
    {
    }

    /// <summary>Gets the model.</summary>
    public abstract ICompiledModel Model { get; }

    /// <summary>Gets the objective at the solution: the mean loss and the penalties.</summary>
    public abstract double Objective { get; }

    /// <summary>Gets the mean loss at the solution, without the penalties.</summary>
    public abstract double Loss { get; }

    /// <summary>Gets the number of iterations done.</summary>
    public abstract int Iterations { get; }

    /// <summary>Gets the algorithm that finished.</summary>
    public abstract Solver Solver { get; }

    /// <summary>Gets the reason why the training ended.</summary>
    public abstract StopReason StopReason { get; }

    /// <summary>Gets a value indicating whether the model is the optimum.</summary>
    public bool Converged => StopReason == StopReason.Converged;

    /// <summary>Gets the course of the training: the start, then one entry per iteration.</summary>
    public abstract IReadOnlyList<TrainingProgress> History { get; }

    /// <summary>Gets the time the training took.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>Saves the model and a summary of its training to a stream, at its position; the stream is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="trainedOn">The date to write into the summary; none when null.</param>
    public abstract void Save(Stream stream, ModelFormat format = ModelFormat.Json, DateOnly? trainedOn = null);

    /// <summary>Saves the model and a summary of its training to a file, atomically.</summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="trainedOn">The date to write into the summary; none when null.</param>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public abstract void Save(string path, ModelFormat format = ModelFormat.Json, DateOnly? trainedOn = null);
}
