using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data;

/// <summary>Indices of classes, as numbers of the features' type.</summary>
internal static class ClassIndices
{
    /// <summary>Finds out whether all indices are those of classes.</summary>
    /// <returns>Whether none is negative, too large, or NaN.</returns>
    public static bool AreValid<T>(ReadOnlySpan<T> indices, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // As whole numbers, which order numbers from 0 on as they are ordered; negative ones and NaN are larger than any of them. No vectors: class indices are
        // few beside features, and the first vectors of a kind cost a process a millisecond.
        ref T first = ref MemoryMarshal.GetReference(indices);
        ulong largest = 0;
        for (int row = 0; row < indices.Length; row++)
        {
            ulong bits = typeof(T) == typeof(double) ? Unsafe.As<T, ulong>(ref Unsafe.Add(ref first, row)) : Unsafe.As<T, uint>(ref Unsafe.Add(ref first, row));
            largest = Math.Max(largest, bits);
        }

        return largest < (typeof(T) == typeof(double) ? BitConverter.DoubleToUInt64Bits(classes) : BitConverter.SingleToUInt32Bits(classes));
    }
}
