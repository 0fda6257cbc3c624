using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Width512 : IVectorWidth<Vector512<double>>
{
    /// <inheritdoc/>
    public static int Lanes => Vector512<double>.Count;

    /// <inheritdoc/>
    public static Vector512<double> Create(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    public static Vector512<double> Load(ref double source, nuint index) => Vector512.LoadUnsafe(ref source, index);

    /// <inheritdoc/>
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    /// <inheritdoc/>
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc/>
    public static Vector512<double> Exp(Vector512<double> scaled) => ScaledExp512.Exp(scaled);

    /// <inheritdoc/>
    public static double Sum(Vector512<double> vector) => Vector512.Sum(vector);
}
