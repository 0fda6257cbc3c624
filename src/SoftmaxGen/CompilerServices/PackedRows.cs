using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Rows in the layout of the generated kernels. A block is one 64-byte vector of rows (8 of double, 16 of float), feature-major:
/// feature <c>k</c> of row <c>lane</c> of block <c>b</c> is <c>Features[(b * m + k) * BlockRows + lane]</c>. Storage is 64-byte aligned
/// and padded with zero rows to whole groups of <see cref="GroupBlocks"/> blocks. For generated code and the training set alone.
/// </summary>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PackedRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of blocks the storage is padded to a multiple of: the most row vectors a kernel takes in one step.</summary>
    public const int GroupBlocks = BlockLayout.GroupBlocks;

    /// <summary>Gets the number of rows of a block.</summary>
    public static int BlockRows => BlockLayout.VectorBytes / Unsafe.SizeOf<T>();

    /// <summary>Gets the number of rows the storage is padded to a multiple of.</summary>
    public static int GroupRows => GroupBlocks * BlockRows;

    /// <summary>Gets the number of rows, padding not counted.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the features, block by block.</summary>
    public required ReadOnlySpan<T> Features { get; init; }

    /// <summary>Gets the class index (not the label) of each row, as a number of type <typeparamref name="T"/>; 0 in the padding.</summary>
    public required ReadOnlySpan<T> ClassIndices { get; init; }

    /// <summary>Gets the weight of each row, 0 in the padding; empty when every row weighs 1.</summary>
    public required ReadOnlySpan<T> RowWeights { get; init; }
}
