namespace SoftmaxGen.Compiler;

/// <summary>A model that cannot be compiled. The message has what the compiler and the generator say, a line for each.</summary>
public sealed class ModelCompilationException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ModelCompilationException"/> class.</summary>
    public ModelCompilationException()
        : this("The model cannot be compiled.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelCompilationException"/> class.</summary>
    /// <param name="message">Why the model cannot be compiled.</param>
    public ModelCompilationException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelCompilationException"/> class.</summary>
    /// <param name="message">Why the model cannot be compiled.</param>
    /// <param name="innerException">What went wrong.</param>
    public ModelCompilationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelCompilationException"/> class.</summary>
    /// <param name="problems">What the compiler and the generator report; at least one.</param>
    internal ModelCompilationException(IReadOnlyList<CompilationProblem> problems)
        : base($"The model cannot be compiled.\n{string.Join('\n', problems)}") => Problems = problems;

    /// <summary>Gets the errors, in the order of their places; empty where the compiler reports none.</summary>
    public IReadOnlyList<CompilationProblem> Problems { get; } = [];
}
