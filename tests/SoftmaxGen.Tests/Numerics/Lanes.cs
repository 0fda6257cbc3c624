using System.Runtime.Intrinsics;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>A function of one number, applied to many.</summary>
internal delegate void LaneMap<T>(ReadOnlySpan<T> arguments, Span<T> results);

/// <summary>Applies functions of vectors to numbers, as many at a time as there are lanes; the last vector is filled up with the first number.</summary>
internal static class Lanes
{
    public static LaneMap<T> Of<T>(Func<Vector128<T>, Vector128<T>> function) => Of<T>(Vector128<T>.Count, v => function(Vector128.Create(v)).CopyTo(v));

    public static LaneMap<T> Of<T>(Func<Vector256<T>, Vector256<T>> function) => Of<T>(Vector256<T>.Count, v => function(Vector256.Create(v)).CopyTo(v));

    public static LaneMap<T> Of<T>(Func<Vector512<T>, Vector512<T>> function) => Of<T>(Vector512<T>.Count, v => function(Vector512.Create(v)).CopyTo(v));

    private static LaneMap<T> Of<T>(int lanes, Action<T[]> mapInPlace) => (arguments, results) =>
    {
        T[] vector = new T[lanes];
        for (int first = 0; first < arguments.Length; first += lanes)
        {
            ReadOnlySpan<T> some = arguments[first..Math.Min(first + lanes, arguments.Length)];
            Array.Fill(vector, arguments[0]);
            some.CopyTo(vector);
            mapInPlace(vector);
            vector.AsSpan(0, some.Length).CopyTo(results[first..]);
        }
    };
}
