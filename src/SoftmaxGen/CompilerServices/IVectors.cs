using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static SoftmaxGen.Numerics.MultiplyAdd;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Vectors of one width, so that stages that are not generated are written once. Internal: what loads and stores may do so anywhere. Generated stages name
/// the same operations without a type parameter for the vector.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">What it holds: <see cref="double"/> or <see cref="float"/>.</typeparam>
internal interface IVectors<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract TVector Zero { get; }

    static abstract TVector One { get; }

    static abstract TVector Load(ref T source, nint index);

    static abstract void Store(TVector value, ref T target, nint index);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>Computes <c>a * b + c</c>.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
}

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Vectors512<T> : IVectors<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Vector512<T> Zero => Vector512<T>.Zero;

    public static Vector512<T> One => Vector512<T>.One;

    public static Vector512<T> Load(ref T source, nint index) => Vector512.LoadUnsafe(ref source, (nuint)index);

    public static void Store(Vector512<T> value, ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(double)
        ? Fma(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Fma(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
}

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Vectors256<T> : IVectors<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Vector256<T> Zero => Vector256<T>.Zero;

    public static Vector256<T> One => Vector256<T>.One;

    public static Vector256<T> Load(ref T source, nint index) => Vector256.LoadUnsafe(ref source, (nuint)index);

    public static void Store(Vector256<T> value, ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(double)
        ? Fma(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Fma(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
}

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Vectors128<T> : IVectors<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Vector128<T> Zero => Vector128<T>.Zero;

    public static Vector128<T> One => Vector128<T>.One;

    public static Vector128<T> Load(ref T source, nint index) => Vector128.LoadUnsafe(ref source, (nuint)index);

    public static void Store(Vector128<T> value, ref T target, nint index) => value.StoreUnsafe(ref target, (nuint)index);

    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => typeof(T) == typeof(double)
        ? Fma(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Fma(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
}
