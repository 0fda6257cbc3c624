namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to the result of a training.</summary>
internal sealed class CompiledTraining<TModel>(TrainingResult<TModel> result, ICompiledModel model) : CompiledTraining
{
    public override ICompiledModel Model => model;

    public override double Objective => result.Objective;

    public override double Loss => result.Loss;

    public override int Iterations => result.Iterations;

    public override Solver Solver => result.Solver;

    public override StopReason StopReason => result.StopReason;

    public override IReadOnlyList<TrainingProgress> History => result.History;

    public override TimeSpan Elapsed => result.Elapsed;

    public override void Save(Stream stream, ModelFormat format, DateOnly? trainedOn) => result.Save(stream, format, trainedOn);

    public override void Save(string path, ModelFormat format, DateOnly? trainedOn) => result.Save(path, format, trainedOn);
}
