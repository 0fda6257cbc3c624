using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.Numerics;

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

    private PackedRows(int count, int featureCount, ReadOnlySpan<T> features, ReadOnlySpan<T> classIndices, ReadOnlySpan<T> rowWeights)
    {
        Count = count;
        FeatureCount = featureCount;
        Features = features;
        ClassIndices = classIndices;
        RowWeights = rowWeights;
    }

    /// <summary>Gets the number of rows, padding not counted.</summary>
    public int Count { get; }

    /// <summary>Gets the number of features of a row, <c>m</c>.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the features, block by block.</summary>
    public ReadOnlySpan<T> Features { get; }

    /// <summary>Gets the class index (not the label) of each row, as a number of type <typeparamref name="T"/>; 0 in the padding.</summary>
    public ReadOnlySpan<T> ClassIndices { get; }

    /// <summary>Gets the weight of each row, 0 in the padding; empty when every row weighs 1.</summary>
    public ReadOnlySpan<T> RowWeights { get; }

    /// <summary>Makes rows of memory that has room for them and their padding.</summary>
    /// <param name="count">The number of rows, padding not counted.</param>
    /// <param name="featureCount">The number of features of a row, <c>m</c>.</param>
    /// <param name="features">The features, block by block.</param>
    /// <param name="classIndices">The class index of each row.</param>
    /// <param name="rowWeights">The weight of each row, 0 in the padding; empty when every row weighs 1.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="ArgumentException">A span is shorter than the rows and their padding.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>.</exception>
    public static PackedRows<T> Create(
        int count, int featureCount, ReadOnlySpan<T> features, ReadOnlySpan<T> classIndices, ReadOnlySpan<T> rowWeights = default)
    {
        Precision.Require<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        long padded = ((long)count + GroupRows - 1) / GroupRows * GroupRows;
        return features.Length >= padded * featureCount && classIndices.Length >= padded && (rowWeights.IsEmpty || rowWeights.Length >= padded)
            ? new PackedRows<T>(count, featureCount, features, classIndices, rowWeights)
            : throw new ArgumentException("The memory is shorter than the rows and their padding.", nameof(features));
    }
}
