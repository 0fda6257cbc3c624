using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>The operations that the kernels of 256-bit vectors are written in, the same for every shape. For generated code alone.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the class once, in a static using.")]
public static class Operations256<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Contrasts are held to this, each or as the root of their sum of squares, so that the exponentials and their sum stay normal.
    private const double DoubleReach = 690 * ScaledExp256.DoubleScale;
    private const double SingleReach = 80 * ScaledExp256.SingleScale;

    /// <summary>Gets what contrasts are scaled by: their exponentials are then powers of the base of <see cref="ScaledExp256"/>.</summary>
    public static double Scale
    {
        [MethodImpl(AggressiveInlining)]
        get => typeof(T) == typeof(double) ? ScaledExp256.DoubleScale : ScaledExp256.SingleScale;
    }

    /// <summary>Zeros.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Zero() => Vector256.Create(default(T));

    /// <summary>Ones.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> One() => Vector256.Create(T.One);

    /// <summary>Lanes that are true.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> AllBits() => typeof(T) == typeof(double) ? DoubleAllBits() : SingleAllBits();

    /// <summary>The square of the farthest that scaled contrasts may reach.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> MaxReach() => typeof(T) == typeof(double) ? DoubleMaxReach() : SingleMaxReach();

    /// <summary>What takes the scale off again.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> InverseScale() => typeof(T) == typeof(double) ? DoubleInverseScale() : SingleInverseScale();

    /// <summary>One number in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Constant(T value) => Vector256.Create(value);

    /// <summary>The lanes of one vector where a key is equal to a value, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> key, Vector256<T> value, Vector256<T> equal, Vector256<T> different) =>
        Vector256.ConditionalSelect(Vector256.Equals(key, value), equal, different);

    /// <summary>The lanes of one vector where a condition is true, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Where(Vector256<T> condition, Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(condition, a, b);

    /// <summary>Where <c>a</c> is at most <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> LessOrEqual(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);

    /// <summary>Where <c>a</c> is larger than <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Greater(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);

    /// <summary>Where <c>a</c> is equal to <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    /// <summary>Whether a condition is true in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool All(Vector256<T> condition) => typeof(T) == typeof(double) ? DoubleAll(condition) : SingleAll(condition);

    /// <summary>The larger numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Larger(Vector256<T> a, Vector256<T> b) => Vector256.MaxNative(a, b);

    /// <summary>The smaller numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Smaller(Vector256<T> a, Vector256<T> b) => Vector256.MinNative(a, b);

    /// <summary>Which lanes are equal to a key, a bit each.</summary>
    [MethodImpl(AggressiveInlining)]
    public static ulong LanesOf(Vector256<T> value, T key) => Vector256.Equals(value, Vector256.Create(key)).ExtractMostSignificantBits();

    /// <summary>Whether all lanes are finite: <c>0 * s</c> is 0 for a finite <c>s</c> and NaN for any other.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool AllFinite(Vector256<T> value) => typeof(T) == typeof(double) ? DoubleAllFinite(value) : SingleAllFinite(value);

    /// <summary>The largest distance whose exponential is a normal number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> MostDistance() => typeof(T) == typeof(double) ? DoubleMostDistance() : SingleMostDistance();

    /// <summary>Adds the exponents of positive numbers to running sums, which are integers in the bits of the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> AddExponent(Vector256<T> exponents, Vector256<T> positive) =>
        typeof(T) == typeof(double) ? DoubleAddExponent(exponents, positive) : SingleAddExponent(exponents, positive);

    /// <summary>The mantissas of positive numbers, in [1, 2).</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Mantissa(Vector256<T> positive) => typeof(T) == typeof(double) ? DoubleMantissa(positive) : SingleMantissa(positive);

    // Each precision in a method of its own, which gives what any T has: the JIT looks up what the calls of a method return before it knows which of them are
    // never made, and a type of vectors that nobody needs costs a process 0.8 ms. So does a generic method that is no intrinsic, such as EqualsAll; and so
    // does an operator, or a static member, of Vector256<T> in this class, which loads the type without its argument.
    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleAllBits() => Vector256<long>.AllBitsSet.As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleAllBits() => Vector256<int>.AllBitsSet.As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleMaxReach() => Vector256.Create(DoubleReach * DoubleReach).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleMaxReach() => Vector256.Create((float)(SingleReach * SingleReach)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleInverseScale() => Vector256.Create(1 / ScaledExp256.DoubleScale).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleInverseScale() => Vector256.Create((float)(1 / ScaledExp256.SingleScale)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAll(Vector256<T> condition) => condition.AsInt64() == Vector256<long>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAll(Vector256<T> condition) => condition.AsInt32() == Vector256<int>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAllFinite(Vector256<T> value) => (value.AsDouble() * Vector256<double>.Zero) == Vector256<double>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAllFinite(Vector256<T> value) => (value.AsSingle() * Vector256<float>.Zero) == Vector256<float>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleMostDistance() => Vector256.Create(-FlushedExp.DoubleLeast).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleMostDistance() => Vector256.Create(-FlushedExp.SingleLeast).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleAddExponent(Vector256<T> exponents, Vector256<T> positive) =>
        (exponents.AsInt64() + ((positive.AsInt64() >>> 52) - Vector256.Create(1023L))).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleAddExponent(Vector256<T> exponents, Vector256<T> positive) =>
        (exponents.AsInt32() + ((positive.AsInt32() >>> 23) - Vector256.Create(127))).As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> DoubleMantissa(Vector256<T> positive) =>
        ((positive.AsInt64() & Vector256.Create(0x000FFFFFFFFFFFFFL)) | Vector256.Create(0x3FF0000000000000L)).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<T> SingleMantissa(Vector256<T> positive) =>
        ((positive.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).As<int, T>();
}
