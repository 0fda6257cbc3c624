using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>Aligns the scratch of generated drivers. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scratch
{
    /// <summary>The elements to reserve beyond those used, so that <see cref="Align"/> can skip to a 64-byte boundary.</summary>
    public const int Slack = BlockLayout.SlackDoubles;

    /// <summary>
    /// Finds the first element on a 64-byte boundary: a vector that straddles two cache lines costs twice. Memory of the garbage-collected
    /// heap may move later; then only the speed suffers.
    /// </summary>
    /// <param name="scratch">The scratch, with <see cref="Slack"/> elements more than are used.</param>
    /// <returns>The scratch from its first aligned element on.</returns>
    public static Span<double> Align(Span<double> scratch)
    {
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref MemoryMarshal.GetReference(scratch));
        return scratch[(int)((-address & (BlockLayout.VectorBytes - 1)) / sizeof(double))..];
    }
}
