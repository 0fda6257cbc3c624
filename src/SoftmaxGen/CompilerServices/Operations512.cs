using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The operations that the kernels of 512-bit vectors are written in, the same for every shape; those that 256-bit vectors lack need AVX-512. For generated
/// code alone.
/// </summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the class once, in a static using.")]
public static class Operations512<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Contrasts are held to this, each or as the root of their sum of squares, so that the exponentials and their sum stay normal.
    private const double DoubleReach = 690 * ScaledExp512.DoubleScale;
    private const double SingleReach = 80 * ScaledExp512.SingleScale;

    /// <summary>Gets what contrasts are scaled by: their exponentials are then powers of the base of <see cref="ScaledExp512"/>.</summary>
    public static double Scale
    {
        [MethodImpl(AggressiveInlining)]
        get => typeof(T) == typeof(double) ? ScaledExp512.DoubleScale : ScaledExp512.SingleScale;
    }

    /// <summary>Zeros.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Zero() => Vector512.Create(default(T));

    /// <summary>Ones.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> One() => Vector512.Create(T.One);

    /// <summary>Lanes that are true.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> AllBits() => typeof(T) == typeof(double) ? DoubleAllBits() : SingleAllBits();

    /// <summary>The square of the farthest that scaled contrasts may reach.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> MaxReach() => typeof(T) == typeof(double) ? DoubleMaxReach() : SingleMaxReach();

    /// <summary>What takes the scale off again.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> InverseScale() => typeof(T) == typeof(double) ? DoubleInverseScale() : SingleInverseScale();

    /// <summary>One number in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Constant(T value) => Vector512.Create(value);

    /// <summary>The lanes of one vector where a key is equal to a value, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> key, Vector512<T> value, Vector512<T> equal, Vector512<T> different) =>
        Vector512.ConditionalSelect(Vector512.Equals(key, value), equal, different);

    /// <summary>The lanes of one vector where a condition is true, those of another elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Where(Vector512<T> condition, Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(condition, a, b);

    /// <summary>Where <c>a</c> is at most <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> LessOrEqual(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b);

    /// <summary>Where <c>a</c> is larger than <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Greater(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);

    /// <summary>Where <c>a</c> is equal to <c>b</c>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Equal(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

    /// <summary>Whether a condition is true in all lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool All(Vector512<T> condition) => typeof(T) == typeof(double) ? DoubleAll(condition) : SingleAll(condition);

    /// <summary>The larger numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Larger(Vector512<T> a, Vector512<T> b) => Vector512.MaxNative(a, b);

    /// <summary>The smaller numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Smaller(Vector512<T> a, Vector512<T> b) => Vector512.MinNative(a, b);

    /// <summary>Which lanes are equal to a key, a bit each.</summary>
    [MethodImpl(AggressiveInlining)]
    public static ulong LanesOf(Vector512<T> value, T key) => Vector512.Equals(value, Vector512.Create(key)).ExtractMostSignificantBits();

    /// <summary>Whether all lanes are finite: <c>0 * s</c> is 0 for a finite <c>s</c> and NaN for any other.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool AllFinite(Vector512<T> value) => typeof(T) == typeof(double) ? DoubleAllFinite(value) : SingleAllFinite(value);

    /// <summary>The largest distance whose exponential is a normal number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> MostDistance() => typeof(T) == typeof(double) ? DoubleMostDistance() : SingleMostDistance();

    /// <summary>Adds the exponents of positive numbers to running sums, which are integers in the bits of the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> AddExponent(Vector512<T> exponents, Vector512<T> positive) =>
        typeof(T) == typeof(double) ? DoubleAddExponent(exponents, positive) : SingleAddExponent(exponents, positive);

    /// <summary>The mantissas of positive numbers, in [1, 2).</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Mantissa(Vector512<T> positive) => typeof(T) == typeof(double) ? DoubleMantissa(positive) : SingleMantissa(positive);

    /// <summary>The larger of two magnitudes, and a number rather than a NaN, which shows in the sum of the exponentials.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Farther(Vector512<T> reach, Vector512<T> t) => typeof(T) == typeof(double) ? DoubleFarther(reach, t) : SingleFarther(reach, t);

    /// <summary>A value where scaled contrasts are within the range of exponentials, NaN elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Within(Vector512<T> reach, Vector512<T> value) =>
        typeof(T) == typeof(double) ? DoubleWithin(reach, value) : SingleWithin(reach, value);

    /// <summary>Adds neighbouring elements of two rows.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> SumElements(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(double) ? DoubleSumElements(a, b) : SingleSumElements(a, b);

    /// <summary>Adds neighbouring pairs of elements of four rows, in single precision.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> SumPairs(Vector512<T> a, Vector512<T> b) => RowLanes.SumPairs(a.AsSingle(), b.AsSingle()).As<float, T>();

    /// <summary>Adds neighbouring quarters of two vectors.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> SumQuarters(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(double) ? DoubleSumQuarters(a, b) : SingleSumQuarters(a, b);

    // Each precision in a method of its own, which gives what any T has: the JIT looks up what the calls of a method return before it knows which of them are
    // never made, and a type of vectors that nobody needs costs a process 0.8 ms. So does a generic method that is no intrinsic, such as EqualsAll; and so
    // does an operator, or a static member, of Vector512<T> in this class, which loads the type without its argument.
    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleAllBits() => Vector512<long>.AllBitsSet.As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleAllBits() => Vector512<int>.AllBitsSet.As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleMaxReach() => Vector512.Create(DoubleReach * DoubleReach).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleMaxReach() => Vector512.Create((float)(SingleReach * SingleReach)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleInverseScale() => Vector512.Create(1 / ScaledExp512.DoubleScale).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleInverseScale() => Vector512.Create((float)(1 / ScaledExp512.SingleScale)).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAll(Vector512<T> condition) => condition.AsInt64() == Vector512<long>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAll(Vector512<T> condition) => condition.AsInt32() == Vector512<int>.AllBitsSet;

    [MethodImpl(AggressiveInlining)]
    private static bool DoubleAllFinite(Vector512<T> value) => (value.AsDouble() * Vector512<double>.Zero) == Vector512<double>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static bool SingleAllFinite(Vector512<T> value) => (value.AsSingle() * Vector512<float>.Zero) == Vector512<float>.Zero;

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleMostDistance() => Vector512.Create(-FlushedExp.DoubleLeast).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleMostDistance() => Vector512.Create(-FlushedExp.SingleLeast).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleAddExponent(Vector512<T> exponents, Vector512<T> positive) =>
        (exponents.AsInt64() + ((positive.AsInt64() >>> 52) - Vector512.Create(1023L))).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleAddExponent(Vector512<T> exponents, Vector512<T> positive) =>
        (exponents.AsInt32() + ((positive.AsInt32() >>> 23) - Vector512.Create(127))).As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleMantissa(Vector512<T> positive) =>
        ((positive.AsInt64() & Vector512.Create(0x000FFFFFFFFFFFFFL)) | Vector512.Create(0x3FF0000000000000L)).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleMantissa(Vector512<T> positive) =>
        ((positive.AsInt32() & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F800000)).As<int, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleFarther(Vector512<T> reach, Vector512<T> t) => Avx512DQ.Range(reach.AsDouble(), t.AsDouble(), 0b1011).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleFarther(Vector512<T> reach, Vector512<T> t) => Avx512DQ.Range(reach.AsSingle(), t.AsSingle(), 0b1011).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleWithin(Vector512<T> reach, Vector512<T> value) =>
        Vector512.ConditionalSelect(LessOrEqual(reach, Vector512.Create(DoubleReach).As<double, T>()), value, Vector512.Create(double.NaN).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleWithin(Vector512<T> reach, Vector512<T> value) =>
        Vector512.ConditionalSelect(LessOrEqual(reach, Vector512.Create((float)SingleReach).As<float, T>()), value, Vector512.Create(float.NaN).As<float, T>());

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleSumElements(Vector512<T> a, Vector512<T> b) => RowLanes.SumElements(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleSumElements(Vector512<T> a, Vector512<T> b) => RowLanes.SumElements(a.AsSingle(), b.AsSingle()).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> DoubleSumQuarters(Vector512<T> a, Vector512<T> b) => RowLanes.SumQuarters(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> SingleSumQuarters(Vector512<T> a, Vector512<T> b) => RowLanes.SumQuarters(a.AsSingle(), b.AsSingle()).As<float, T>();
}
