using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>Numbers of the caller as those of a model: the same memory in double precision, copies in single.</summary>
internal static class Scalars
{
    /// <summary>Takes numbers of the caller for those of a model.</summary>
    /// <returns>The same numbers, rounded to the model's precision.</returns>
    public static ReadOnlySpan<T> Of<T>(ReadOnlySpan<double> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            return MemoryMarshal.Cast<double, T>(numbers);
        }

        var copy = new T[numbers.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = T.CreateChecked(numbers[i]);
        }

        return copy;
    }

    /// <summary>Gets memory for a model to write to, to be given back by <see cref="Return"/>.</summary>
    /// <typeparam name="T">The type of the model's numbers.</typeparam>
    /// <param name="numbers">The memory of the caller.</param>
    /// <returns>The same memory, or as much.</returns>
    public static Span<T> For<T>(Span<double> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? MemoryMarshal.Cast<double, T>(numbers) : new T[numbers.Length];

    /// <summary>Gives the caller what a model has written.</summary>
    /// <typeparam name="T">The type of the model's numbers.</typeparam>
    /// <param name="written">What <see cref="For"/> gave.</param>
    /// <param name="numbers">The memory of the caller.</param>
    public static void Return<T>(ReadOnlySpan<T> written, Span<double> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(double))
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = double.CreateChecked(written[i]);
            }
        }
    }
}
