using Microsoft.ML;
using Microsoft.ML.Data;

namespace SoftmaxGen.Peers.Predictions;

/// <summary>A model that ML.NET predicts with, one row after the other.</summary>
internal sealed class MlNetPredictor : IDisposable
{
    private readonly PredictionEngine<Row, Answer> _engine;

    /// <summary>Initializes a new instance of the <see cref="MlNetPredictor"/> class with a model of a few random rows: its weights do not matter.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="features">The number of features.</param>
    public MlNetPredictor(int classes, int features)
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), (ulong)classes);
        Row[] rows = [.. Enumerable.Range(0, 10 * classes).Select(i => new Row
        {
            Label = (uint)(i % classes),
            Features = [.. Enumerable.Range(0, features).Select(_ => random.NextSingle())],
        })];
        ITransformer model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(ml.Data.LoadFromEnumerable(rows, schema));
        _engine = ml.Model.CreatePredictionEngine<Row, Answer>(model, inputSchemaDefinition: schema);
        Input = new Row { Features = new float[features] };
    }

    /// <summary>Gets the row to predict, for the caller to write.</summary>
    public Row Input { get; }

    /// <summary>Predicts.</summary>
    /// <returns>The probabilities.</returns>
    public float[] Run()
    {
        _engine.Predict(Input, ref _answer);
        return _answer.Score;
    }

    private Answer _answer = new();

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    public sealed class Row
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    public sealed class Answer
    {
        public float[] Score { get; set; } = [];
    }
}
