using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Width256 : IVectorWidth<Vector256<double>>
{
    /// <inheritdoc/>
    public static int Lanes => Vector256<double>.Count;

    /// <inheritdoc/>
    public static Vector256<double> Create(double value) => Vector256.Create(value);

    /// <inheritdoc/>
    public static Vector256<double> Load(ref double source, nuint index) => Vector256.LoadUnsafe(ref source, index);

    /// <inheritdoc/>
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    /// <inheritdoc/>
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc/>
    public static Vector256<double> Exp(Vector256<double> scaled) => ScaledExp256.Exp(scaled);

    /// <inheritdoc/>
    public static double Sum(Vector256<double> vector) => Vector256.Sum(vector);
}
