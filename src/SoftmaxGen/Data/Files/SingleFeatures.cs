using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data.Files;

/// <summary>Features that a file has in single precision, and the kernels in another one; the file stays open when they are freed. Thread-safe.</summary>
internal sealed class SingleFeatures<T>(FileMap file) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of each thread, because each reads on while the others do.
    [ThreadStatic]
    private static AlignedBuffer<T>? _converted;

    private readonly AlignedBuffer<float> _features = new(file, file.Layout.Features);

    /// <summary>Reads features.</summary>
    /// <returns>The features, until the same thread reads others.</returns>
    public ReadOnlySpan<T> Read(nint start, int length)
    {
        ReadOnlySpan<float> features = _features.Read(start, length);
        if (_converted is null || _converted.Length < length)
        {
            _converted?.Dispose();
            _converted = new AlignedBuffer<T>(length);
        }

        Span<T> converted = _converted.Slice(0, length);
        Widen(features, MemoryMarshal.Cast<T, double>(converted));
        return converted;
    }

    /// <summary>Forgets the features.</summary>
    public void Dispose() => _features.Dispose();

    private static void Widen(ReadOnlySpan<float> features, Span<double> converted)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(features);
        Span<Vector<double>> halves = MemoryMarshal.Cast<double, Vector<double>>(converted);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out halves[2 * i], out halves[(2 * i) + 1]);
        }

        for (int i = vectors.Length * Vector<float>.Count; i < features.Length; i++)
        {
            converted[i] = features[i];
        }
    }
}
