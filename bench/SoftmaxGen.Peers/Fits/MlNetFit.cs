using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace SoftmaxGen.Peers.Fits;

/// <summary>A fit by ML.NET's L-BFGS, with rows that it has in its own memory before the clock starts.</summary>
internal sealed class MlNetFit
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly LbfgsMaximumEntropyMulticlassTrainer.Options _options;
    private readonly int _classes;

    /// <summary>Initializes a new instance of the <see cref="MlNetFit"/> class.</summary>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="l2">The strength of the penalty of the mean loss.</param>
    /// <param name="threads">The threads; null for as many as ML.NET likes.</param>
    public MlNetFit(double[] rows, int[] labels, int classes, double l2, int? threads)
    {
        int features = rows.Length / labels.Length;
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), (ulong)classes);
        Row[] all = [.. labels.Select((label, i) => new Row
        {
            Label = (uint)label,
            Features = Array.ConvertAll(rows[(i * features)..((i + 1) * features)], static x => (float)x),
        })];
        _rows = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(all, schema));

        _classes = classes;

        // Its penalty is that of the sum of the losses; without L1, whose default is 1.
        _options = new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = (float)(l2 * labels.Length),
            NumberOfThreads = threads,
        };
    }

    /// <summary>Fits.</summary>
    /// <returns>The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</returns>
    public double[] Run()
    {
        MaximumEntropyModelParameters model = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(_options).Fit(_rows).Model;
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out int classes);
        float[] biases = [.. model.GetBiases()];
        return [.. Enumerable.Range(0, _classes).SelectMany(j => (double[])[biases[j], .. weights[j].DenseValues().Select(static w => (double)w)])];
    }

    private sealed class Row
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
