using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>The operations that the kernels of 128-bit vectors are written in, the same for every shape. For generated code alone.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the class once, in a static using.")]
public static class Operations128<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Contrasts are held to this, each or as the root of their sum of squares, so that the exponentials and their sum stay normal.
    private const double DoubleReach = 690 * ScaledExp128.DoubleScale;
    private const double SingleReach = 80 * ScaledExp128.SingleScale;

    /// <summary>Gets what contrasts are scaled by: their exponentials are then powers of the base of <see cref="ScaledExp128"/>.</summary>
    public static double Scale
    {
        [MethodImpl(AggressiveInlining)]
        get => typeof(T) == typeof(double) ? ScaledExp128.DoubleScale : ScaledExp128.SingleScale;
    }

    /// <summary>Zeros.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Zero() => Vector128.Create(default(T));

    /// <summary>Ones.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> One() => Vector128.Create(T.One);

    /// <summary>Lanes that are true.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> AllBits() => typeof(T) == typeof(double) ? DoubleAllBits() : SingleAllBits();

    /// <summary>The square of the farthest that scaled contrasts may reach.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> MaxReach() => typeof(T) == typeof(double) ? DoubleMaxReach() : SingleMaxReach();

    /// <summary>What takes the scale off again.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> InverseScale() => typeof(T) == typeof(double) ? DoubleInverseScale() : SingleInverseScale();

    /// <summary>One number in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Constant(T value) => Vector128.Create(value);

    /// <summary>The lanes of one vector where a key is equal to a value, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> key, Vector128<T> value, Vector128<T> equal, Vector128<T> different) =>
        Vector128.ConditionalSelect(Vector128.Equals(key, value), equal, different);

    /// <summary>The lanes of one vector where a condition is true, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Where(Vector128<T> condition, Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(condition, a, b);

    /// <summary>Where <c>a</c> is at most <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> LessOrEqual(Vector128<T> a, Vector128<T> b) => Vector128.LessThanOrEqual(a, b);

    /// <summary>Where <c>a</c> is larger than <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Greater(Vector128<T> a, Vector128<T> b) => Vector128.GreaterThan(a, b);

    /// <summary>Where <c>a</c> is equal to <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    /// <summary>Whether a condition is true in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool All(Vector128<T> condition) => typeof(T) == typeof(double) ? DoubleAll(condition) : SingleAll(condition);

    /// <summary>The larger numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Larger(Vector128<T> a, Vector128<T> b) => Vector128.MaxNative(a, b);

    /// <summary>The smaller numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Smaller(Vector128<T> a, Vector128<T> b) => Vector128.MinNative(a, b);

    /// <summary>Which lanes are equal to a key, a bit each.</summary>
    [MethodImpl(AggressiveInlining)]
    public static ulong LanesOf(Vector128<T> value, T key) => Vector128.Equals(value, Vector128.Create(key)).ExtractMostSignificantBits();

    /// <summary>Whether all lanes are finite: <c>0 * s</c> is 0 for a finite <c>s</c> and NaN for any other.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool AllFinite(Vector128<T> value) => typeof(T) == typeof(double) ? DoubleAllFinite(value) : SingleAllFinite(value);

    /// <summary>The largest distance whose exponential is a normal number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> MostDistance() => typeof(T) == typeof(double) ? DoubleMostDistance() : SingleMostDistance();

    /// <summary>Adds the exponents of positive numbers to running sums, which are integers in the bits of the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> AddExponent(Vector128<T> exponents, Vector128<T> positive) =>
        typeof(T) == typeof(double) ? DoubleAddExponent(exponents, positive) : SingleAddExponent(exponents, positive);

    /// <summary>The mantissas of positive numbers, in [1, 2).</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Mantissa(Vector128<T> positive) => typeof(T) == typeof(double) ? DoubleMantissa(positive) : SingleMantissa(positive);

    // Each precision in a method of its own, which gives what any T has: the JIT looks up what the calls of a method return before it knows which of them are
    // never made, and a type of vectors that nobody needs costs a process 0.8 ms. So does a generic method that is no intrinsic, such as EqualsAll; and so
    // does an operator, or a static member, of Vector128<T> in this class, which loads the type without its argument.
    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleAllBits() => Vector128<long>.AllBitsSet.As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleAllBits() => Vector128<int>.AllBitsSet.As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleMaxReach() => Vector128.Create(DoubleReach * DoubleReach).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleMaxReach() => Vector128.Create((float)(SingleReach * SingleReach)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleInverseScale() => Vector128.Create(1 / ScaledExp128.DoubleScale).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleInverseScale() => Vector128.Create((float)(1 / ScaledExp128.SingleScale)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAll(Vector128<T> condition) => condition.AsInt64() == Vector128<long>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAll(Vector128<T> condition) => condition.AsInt32() == Vector128<int>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAllFinite(Vector128<T> value) => (value.AsDouble() * Vector128<double>.Zero) == Vector128<double>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAllFinite(Vector128<T> value) => (value.AsSingle() * Vector128<float>.Zero) == Vector128<float>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleMostDistance() => Vector128.Create(-FlushedExp.DoubleLeast).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleMostDistance() => Vector128.Create(-FlushedExp.SingleLeast).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleAddExponent(Vector128<T> exponents, Vector128<T> positive) =>
        (exponents.AsInt64() + ((positive.AsInt64() >>> 52) - Vector128.Create(1023L))).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleAddExponent(Vector128<T> exponents, Vector128<T> positive) =>
        (exponents.AsInt32() + ((positive.AsInt32() >>> 23) - Vector128.Create(127))).As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> DoubleMantissa(Vector128<T> positive) =>
        ((positive.AsInt64() & Vector128.Create(0x000FFFFFFFFFFFFFL)) | Vector128.Create(0x3FF0000000000000L)).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<T> SingleMantissa(Vector128<T> positive) =>
        ((positive.AsInt32() & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F800000)).As<int, T>();
}
