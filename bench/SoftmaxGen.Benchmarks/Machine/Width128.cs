using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Width128 : IVectorWidth<Vector128<double>>
{
    /// <inheritdoc/>
    public static int Lanes => Vector128<double>.Count;

    /// <inheritdoc/>
    public static Vector128<double> Create(double value) => Vector128.Create(value);

    /// <inheritdoc/>
    public static Vector128<double> Load(ref double source, nuint index) => Vector128.LoadUnsafe(ref source, index);

    /// <inheritdoc/>
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    /// <inheritdoc/>
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc/>
    public static Vector128<double> Exp(Vector128<double> scaled) => ScaledExp128.Exp(scaled);

    /// <inheritdoc/>
    public static double Sum(Vector128<double> vector) => Vector128.Sum(vector);
}
