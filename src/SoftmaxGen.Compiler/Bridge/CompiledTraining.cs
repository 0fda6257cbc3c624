namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to the result of a training.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <param name="result">The result.</param>
/// <param name="model">Its model.</param>
internal sealed class CompiledTraining<TModel>(TrainingResult<TModel> result, ICompiledModel model) : CompiledTraining
{
    /// <inheritdoc/>
    public override ICompiledModel Model => model;

    /// <inheritdoc/>
    public override double Objective => result.Objective;

    /// <inheritdoc/>
    public override double Loss => result.Loss;

    /// <inheritdoc/>
    public override int Iterations => result.Iterations;

    /// <inheritdoc/>
    public override Solver Solver => result.Solver;

    /// <inheritdoc/>
    public override StopReason StopReason => result.StopReason;

    /// <inheritdoc/>
    public override IReadOnlyList<TrainingProgress> History => result.History;

    /// <inheritdoc/>
    public override TimeSpan Elapsed => result.Elapsed;

    /// <inheritdoc/>
    public override void Save(Stream stream, ModelFormat format, DateOnly? trainedOn) => result.Save(stream, format, trainedOn);

    /// <inheritdoc/>
    public override void Save(string path, ModelFormat format, DateOnly? trainedOn) => result.Save(path, format, trainedOn);
}
