using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Computes a mean loss and its gradient over tiles of row-major rows. Implemented by generated code alone.</summary>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITileLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the mean loss and its gradient, one tile after the other.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The labels, <c>n</c>; all of them in range.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="scratch">The first element of the scratch, on a 64-byte boundary.</param>
    /// <returns>The mean loss.</returns>
    static abstract double LossAndGradient(ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient, ref double scratch);
}
