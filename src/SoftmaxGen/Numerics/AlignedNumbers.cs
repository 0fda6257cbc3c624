using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Numbers in an array of the garbage-collected heap that begin on a 64-byte boundary: a vector that straddles two cache lines costs twice.
/// </summary>
internal readonly struct AlignedNumbers
{
    private readonly double[] _array;
    private readonly int _first;

    /// <summary>Initializes a new instance of the <see cref="AlignedNumbers"/> struct, all 0.</summary>
    /// <param name="length">The number of numbers.</param>
    /// <param name="isPinned">
    /// Whether the array stays where it is, as one should that lives long; its memory is freed late. Otherwise it may move, and then the speed suffers.
    /// </param>
    public AlignedNumbers(int length, bool isPinned = false)
    {
        Length = length;
        _array = GC.AllocateArray<double>(length + BlockLayout.SlackDoubles, isPinned);
        _first = _array.Length - Scratch.Align(_array).Length;
    }

    /// <summary>Gets the number of numbers.</summary>
    public int Length { get; }

    /// <summary>Gets the numbers.</summary>
    public Span<double> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _array.AsSpan(_first, Length);
    }
}
