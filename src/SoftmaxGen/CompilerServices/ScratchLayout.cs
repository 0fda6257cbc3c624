using System.Runtime.CompilerServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Where the parts of the scratch of a loss begin, in doubles; each begins on a 64-byte boundary. The library reserves it and knows its parts, the generator
/// says how much it is: this file is compiled into both. All of it is inlined, and so a number, where a model is known.
/// </summary>
internal readonly struct ScratchLayout
{
    /// <summary>The scaled weights of the contrasts.</summary>
    public const int Weights = 0;

    /// <summary>
    /// Contrasts whose exponential is begun ahead of the one at hand, where labels have a stage of their own: a tile has room for those begun in vain.
    /// </summary>
    public const int ContrastsAhead = 4;

    public const int Slack = BlockLayout.SlackDoubles;

    public const int BlockDoubles = BlockLayout.VectorBytes / sizeof(double);

    public const int GroupBlocks = BlockLayout.GroupBlocks;

    private readonly int _scalarBytes;
    private readonly int _contrasts;
    private readonly int _features;
    private readonly int _sumStride;
    private readonly int _tileBlocks;
    private readonly int _labelBlocks;

    /// <summary>Initializes a new instance of the <see cref="ScratchLayout"/> struct.</summary>
    /// <param name="scalarBytes">The bytes of a feature.</param>
    /// <param name="contrasts">The contrasts, <c>C - 1</c>.</param>
    /// <param name="features">The features of a row, <c>m</c>.</param>
    /// <param name="sumStride">Doubles from one gradient sum to the next.</param>
    /// <param name="tileBlocks">The blocks of a tile.</param>
    /// <param name="labelBlocks">Those of a tile whose labels have a stage of their own; 0 where they have none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScratchLayout(int scalarBytes, int contrasts, int features, int sumStride, int tileBlocks, int labelBlocks)
    {
        _scalarBytes = scalarBytes;
        _contrasts = contrasts;
        _features = features;
        _sumStride = sumStride;
        _tileBlocks = tileBlocks;
        _labelBlocks = labelBlocks;
    }

    /// <summary>The gradient sums.</summary>
    public int Sums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RoundUp(_scalarBytes == sizeof(double) ? ContrastWeights : (ContrastWeights + 1) / 2);
    }

    /// <summary>The loss of the tile at hand: three vectors.</summary>
    public int Loss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sums + RoundUp(ContrastWeights * _sumStride);
    }

    /// <summary>The weights, 1 or 0, of the last rows, which do not fill a group of blocks.</summary>
    public int TailWeights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Loss + (3 * BlockDoubles);
    }

    /// <summary>The probabilities of a tile's labels, where labels have a stage of their own.</summary>
    public int LabelProbabilities
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TailWeights + (GroupBlocks * BlockDoubles);
    }

    /// <summary>The contrasts of a tile, and then the residuals in their place. What follows depends on the size of the tile.</summary>
    public int Tile
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LabelProbabilities + (_labelBlocks * BlockDoubles);
    }

    /// <summary>The packed features of a row-major tile.</summary>
    public int Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Tile + (((_tileBlocks * _contrasts) + (_labelBlocks > 0 ? ContrastsAhead : 0)) * BlockDoubles);
    }

    /// <summary>The class indices of a row-major tile.</summary>
    public int ClassIndices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Rows + (_tileBlocks * _features * BlockDoubles);
    }

    /// <summary>The weights and the gradient of a row-major call in double, when the model's are not.</summary>
    public int Wide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ClassIndices + (_tileBlocks * BlockDoubles);
    }

    /// <summary>What rows that are not packed need besides.</summary>
    public int Unpacked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Wide + (_scalarBytes == sizeof(double) ? 0 : RoundUp(2 * (_contrasts + 1) * (_features + 1)));
    }

    private int ContrastWeights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _contrasts * (_features + 1);
    }

    /// <summary>Counts the doubles of the scratch of packed rows, alignment included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PackedLength() => Rows + Slack;

    /// <summary>Counts the doubles of the scratch of row-major rows, alignment included.</summary>
    /// <param name="unpackedDoubles">What rows that are not packed need besides.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowMajorLength(int unpackedDoubles) => Unpacked + unpackedDoubles + Slack;

    /// <summary>Rounds a length up to whole 64-byte vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RoundUp(int doubles) => (doubles + BlockDoubles - 1) / BlockDoubles * BlockDoubles;
}
