using System.Numerics;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>The bridge to a model, closed over its type.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
/// <param name="model">The model.</param>
/// <param name="rows">Reads rows of values; null where the shape was compiled from source.</param>
internal sealed class CompiledModel<TModel, T>(TModel model, IRowReader<TModel, T>? rows) : ICompiledModel
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ModelShape Shape => TModel.Shape;

    public FeatureMoments? FeatureMoments => model.FeatureMoments;

    public double[] CopyWeights() => Array.ConvertAll(model.Weights.ToArray(), double.CreateChecked);

    public int Predict(ReadOnlySpan<double> features) => model.Predict(Scalars.Of<T>(features));

    public void PredictProbabilities(ReadOnlySpan<double> features, Span<double> probabilities)
    {
        Span<T> written = Scalars.For<T>(probabilities);
        model.PredictProbabilities(Scalars.Of<T>(features), written);
        Scalars.Return<T>(written, probabilities);
    }

    public int PredictProbabilities(RowValues row, Span<double> probabilities)
    {
        IRowReader<TModel, T> reader = RowReaders.Require(rows, row, Shape);
        Span<T> written = Scalars.For<T>(probabilities);
        int label = reader.PredictProbabilities(model, row, written);
        Scalars.Return<T>(written, probabilities);
        return Shape.IndexOf(label);
    }

    public void PredictBatch(ReadOnlySpan<double> rows, Span<int> labels) => model.PredictBatch(Scalars.Of<T>(rows), labels);

    public void PredictProbabilitiesBatch(ReadOnlySpan<double> rows, Span<double> probabilities)
    {
        Span<T> written = Scalars.For<T>(probabilities);
        model.PredictProbabilitiesBatch(Scalars.Of<T>(rows), written);
        Scalars.Return<T>(written, probabilities);
    }

    public CompiledExplanation Explain(ReadOnlySpan<double> features, Span<double> contributions)
    {
        ReadOnlySpan<T> own = Scalars.Of<T>(features);
        var scores = new T[Shape.Classes];
        model.PredictScores(own, scores);
        int best = Shape.IndexOf(model.Predict(own));
        int runnerUp = best == 0 ? 1 : 0;
        for (int j = 0; j < scores.Length; j++)
        {
            if (j != best && scores[j] > scores[runnerUp])
            {
                runnerUp = j;
            }
        }

        ReferenceExplanation explanation = model.ExplainMargin<TModel, T>(own, Shape.Label(best), Shape.Label(runnerUp), contributions);
        return new CompiledExplanation(best, runnerUp, explanation.AtReference, explanation.Value);
    }

    public Evaluation Evaluate(ICompiledTrainingSet trainingSet) => model.Evaluate(CompiledTrainingSet<TModel, T>.Of(trainingSet));

    public void Save(Stream stream, ModelFormat format) => model.Save(stream, format);

    public void Save(string path, ModelFormat format) => model.Save(path, format);

    public TResult Accept<TResult>(IModelAction<TResult> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action.Run<TModel, T>(model);
    }
}
