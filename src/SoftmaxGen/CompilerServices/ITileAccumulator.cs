using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Adds up over tiles of packed rows. Implemented by generated code alone.</summary>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITileAccumulator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds the rows to a running sum, one tile after the other.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="sum">The sum to add to.</param>
    /// <param name="scratch">The first element of the scratch, on a 64-byte boundary.</param>
    /// <returns>The sum of the rows' weighted losses.</returns>
    static abstract double Accumulate(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> sum, ref double scratch);
}
