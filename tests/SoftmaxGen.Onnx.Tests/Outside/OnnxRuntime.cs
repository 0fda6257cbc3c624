using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Tensors = Microsoft.ML.OnnxRuntime.Tensors;

namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>Runs models in ONNX Runtime.</summary>
internal static class OnnxRuntime
{
    /// <summary>Runs a model.</summary>
    /// <param name="job">The file and what to feed it.</param>
    /// <returns>The outputs by name: probabilities as <c>double[]</c>, labels as <c>string[]</c>. Other outputs are left out.</returns>
    public static IReadOnlyDictionary<string, Array> Run(RuntimeJob job)
    {
        using InferenceSession session = new(job.Model);
        using RunOptions options = new();
        Dictionary<string, OrtValue> inputs = job.Inputs is { } columns
            ? columns.ToDictionary(static column => column.Key, static column => Column(column.Value))
            : new() { [session.InputNames[0]] = Rows(job) };
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, session.OutputNames);
        foreach (OrtValue input in inputs.Values)
        {
            input.Dispose();
        }

        return session.OutputNames.Zip(outputs)
            .Where(static one => one.Second.IsTensor)
            .ToDictionary(static one => one.First, static one => Values(one.Second));
    }

    private static OrtValue Rows(RuntimeJob job)
    {
        long[] shape = [job.Rows.Length / job.Columns, job.Columns];
        return job.IsDouble
            ? OrtValue.CreateTensorValueFromMemory(job.Rows, shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(job.Rows, static value => (float)value), shape);
    }

    // Texts, or numbers, of which null is NaN.
    private static OrtValue Column(object?[] values)
    {
        long[] shape = [values.Length, 1];
        if (values[0] is not string)
        {
            return OrtValue.CreateTensorValueFromMemory(
                Array.ConvertAll(values, static value => value is null ? float.NaN : Convert.ToSingle(value, CultureInfo.InvariantCulture)), shape);
        }

        OrtValue texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (int row = 0; row < values.Length; row++)
        {
            texts.StringTensorSetElementAt((string)values[row]!, row);
        }

        return texts;
    }

    private static Array Values(OrtValue tensor) => tensor.GetTensorTypeAndShape().ElementDataType switch
    {
        Tensors.TensorElementType.Float => Array.ConvertAll(tensor.GetTensorDataAsSpan<float>().ToArray(), static value => (double)value),
        Tensors.TensorElementType.Double => tensor.GetTensorDataAsSpan<double>().ToArray(),
        Tensors.TensorElementType.Int64 =>
            Array.ConvertAll(tensor.GetTensorDataAsSpan<long>().ToArray(), static value => value.ToString(CultureInfo.InvariantCulture)),
        _ => tensor.GetStringTensorAsArray(),
    };
}
