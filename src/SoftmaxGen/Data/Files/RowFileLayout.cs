using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// Where what rows consist of lies in a file: as it does in memory (see <see cref="PackedRows{T}"/>), which no vector width changes, one kind behind the other,
/// each on the boundary of a cache line. All of it follows from the number of rows and from what they have.
/// </summary>
internal sealed class RowFileLayout
{
    /// <summary>Where the features begin: on a page of their own. Before them are the signature and the version.</summary>
    public const int DataOffset = 4096;

    public RowFileLayout(ModelShape shape, int elementBytes, int featureBytes, int count, bool hasRowWeights, bool hasTargets, bool hasOffsets)
    {
        int groupRows = BlockLayout.GroupBlocks * BlockLayout.VectorBytes / elementBytes;
        long padded = ((long)count + groupRows - 1) / groupRows * groupRows;
        (Count, Classes, ElementBytes, FeatureBytes) = (count, shape.Classes, elementBytes, featureBytes);
        Features = new FileSection(DataOffset, padded * shape.Features * featureBytes);
        ClassIndices = Behind(Features, padded, 1);
        RowWeights = Behind(ClassIndices, hasRowWeights ? padded : 0, 1);
        Targets = Behind(RowWeights, hasTargets ? count : 0, shape.Classes);
        Offsets = Behind(Targets, hasOffsets ? count : 0, shape.Classes);
        Length = Behind(Offsets, 0, 1).Offset;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the bytes of a number.</summary>
    public int ElementBytes { get; }

    /// <summary>Gets the bytes of a feature: those of a number, or 4.</summary>
    public int FeatureBytes { get; }

    /// <summary>Gets the features, block by block, padded to whole groups.</summary>
    public FileSection Features { get; }

    /// <summary>Gets the class index of each row, padded to whole groups.</summary>
    public FileSection ClassIndices { get; }

    /// <summary>Gets the weight of each row, padded to whole groups.</summary>
    public FileSection RowWeights { get; }

    /// <summary>Gets the targets, row-major.</summary>
    public FileSection Targets { get; }

    /// <summary>Gets the offsets, row-major.</summary>
    public FileSection Offsets { get; }

    /// <summary>Gets where all of it ends, a multiple of a cache line.</summary>
    public long Length { get; }

    /// <summary>Rounds up to the boundary of a cache line.</summary>
    public static long Align(long offset) => (offset + BlockLayout.VectorBytes - 1) / BlockLayout.VectorBytes * BlockLayout.VectorBytes;

    private FileSection Behind(FileSection section, long rows, int width) => new(Align(section.End), rows * width * ElementBytes);
}
