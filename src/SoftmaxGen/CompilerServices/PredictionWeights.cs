using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>The second copy of a model's weights, in the order in which the prediction of one row reads them. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PredictionWeights
{
    private const int Alignment = BlockLayout.VectorBytes;

    /// <summary>Copies the weights column by column. A column consists of whole chunks of classes, of which the last ends with the last class.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">The weights of a class, <c>m + 1</c>.</param>
    /// <param name="lanes">The lanes of a column: a multiple of <paramref name="chunk"/>.</param>
    /// <param name="chunk">The classes of a chunk; no more than <c>C</c>.</param>
    /// <returns>The columns, <c>(m+1) x lanes</c>.</returns>
    /// <exception cref="ArgumentException">The numbers are not those of columns.</exception>
    public static T[] Columns<T>(ReadOnlySpan<T> weights, int columns, int lanes, int chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = weights.Length / columns;
        Span<T> aligned = Allocate(checked(columns * lanes), out T[] target);
        for (int lane = 0; lane < lanes; lane++)
        {
            int j = lane < lanes - chunk ? lane : lane - (lanes - classes);
            ReadOnlySpan<T> row = weights.Slice(j * columns, columns);
            for (int k = 0; k < row.Length; k++)
            {
                aligned[(k * lanes) + lane] = row[k];
            }
        }

        return target;
    }

    /// <summary>
    /// Computes the difference of the weights of two classes, in whole vectors of features. The last vector ends with the last feature; where it repeats
    /// features of the vector before, its weights are 0. Weights at both ends of the range have an infinite difference, which no row hides: then the scores
    /// decide, and their weights are here as well.
    /// </summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="weights">The weights, <c>2 x (m+1)</c>, row-major.</param>
    /// <param name="lanes">The features of a vector; no more than <c>m</c>.</param>
    /// <returns>The differences in vectors, that of the biases after them, and then the weights themselves.</returns>
    public static T[] Difference<T>(ReadOnlySpan<T> weights, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = weights.Length / 2;
        int features = columns - 1;
        int vectors = (features + lanes - 1) / lanes;
        int bias = vectors * lanes;
        Span<T> aligned = Allocate(bias + 1 + weights.Length, out T[] target);
        for (int k = 0; k < features; k++)
        {
            // From the end: features of the last vector, and those before it.
            int index = k < (vectors - 1) * lanes ? k : k + bias - features;
            aligned[index] = weights[columns + 1 + k] - weights[1 + k];
        }

        aligned[bias] = weights[columns] - weights[0];
        weights.CopyTo(aligned[(bias + 1)..]);
        return target;
    }

    /// <summary>
    /// Finds the first element on a 64-byte boundary, as the generated code does where it predicts one row. A vector that straddles two cache lines costs two
    /// loads, and loading weights is most of what the prediction of a row does: the arrays of this class are pinned, so that the boundary stays where it is.
    /// Computed rather than kept beside the array, at the cost of a cycle at most: threads that make the array at the same time exchange one reference and
    /// nothing that must fit it.
    /// </summary>
    /// <param name="columns">An array made by this class.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref T First<T>(T[] columns)
        where T : unmanaged
    {
        // The last element that may be the one, and back to the boundary.
        ref T last = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columns), Slack<T>());
        return ref Unsafe.SubtractByteOffset(ref last, Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref last) & (Alignment - 1));
    }

    /// <summary>Checks that columns are those of a model, by their number.</summary>
    internal static void Check<T>(T[] columns, int length)
        where T : unmanaged => Guard.Length(columns.Length, length + Slack<T>(), nameof(columns));

    // Elements of which one is on a boundary, but for one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slack<T>() => BlockLayout.SlackElements(Unsafe.SizeOf<T>());

    private static Span<T> Allocate<T>(int length, out T[] array)
        where T : unmanaged
    {
        array = GC.AllocateArray<T>(Slack<T>() + length, pinned: true);
        nint skipped = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(array), ref First(array)) / Unsafe.SizeOf<T>();
        return new Span<T>(array, (int)skipped, length);
    }
}
