using Microsoft.ML.OnnxRuntime;
using SoftmaxGen.Onnx;

namespace SoftmaxGen.Peers.Predictions;

/// <summary>A model that ONNX Runtime predicts with, in the caller's memory: its fastest way in.</summary>
internal sealed class OnnxPredictor : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly OrtValue[] _rows;
    private readonly OrtValue[] _probabilities;

    /// <summary>Initializes a new instance of the <see cref="OnnxPredictor"/> class.</summary>
    /// <param name="model">The file of the model.</param>
    /// <param name="threads">The threads; 0 for as many as ONNX Runtime likes.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="probabilities">Receives the probabilities, row-major.</param>
    /// <param name="rowCount">The number of rows.</param>
    public OnnxPredictor(byte[] model, int threads, float[] rows, float[] probabilities, int rowCount)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(model, options);
        _inputs = [.. _session.InputNames];
        _outputs = [_session.OutputNames[^1]];
        _rows = [OrtValue.CreateTensorValueFromMemory(rows, [rowCount, rows.Length / rowCount])];
        _probabilities = [OrtValue.CreateTensorValueFromMemory(probabilities, [rowCount, probabilities.Length / rowCount])];
    }

    /// <summary>Exports a model for ONNX Runtime.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <returns>The file.</returns>
    public static byte[] Export<TModel>(TModel model)
        where TModel : class, ISoftmaxModel<TModel, float>
    {
        using var stream = new MemoryStream();
        model.SaveOnnx<TModel, float>(stream);
        return stream.ToArray();
    }

    /// <summary>Predicts.</summary>
    public void Run() => _session.Run(_options, _inputs, _rows, _outputs, _probabilities);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows[0].Dispose();
        _probabilities[0].Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
