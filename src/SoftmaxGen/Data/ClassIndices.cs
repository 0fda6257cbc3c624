using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data;

/// <summary>Indices of classes, as numbers of the features' type.</summary>
internal static class ClassIndices
{
    /// <summary>Finds out whether all indices are those of classes.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="indices">The indices.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Whether none is negative, too large, or NaN.</returns>
    public static bool AreValid<T>(ReadOnlySpan<T> indices, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(classes);
        var limits = new Vector<T>(limit);
        Vector<T> outside = Vector<T>.Zero;
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(indices);
        foreach (Vector<T> vector in vectors)
        {
            outside |= ~(Vector.GreaterThanOrEqual(vector, Vector<T>.Zero) & Vector.LessThan(vector, limits));
        }

        bool areValid = outside == Vector<T>.Zero;
        foreach (T index in indices[(vectors.Length * Vector<T>.Count)..])
        {
            areValid &= index >= T.Zero && index < limit;
        }

        return areValid;
    }
}
