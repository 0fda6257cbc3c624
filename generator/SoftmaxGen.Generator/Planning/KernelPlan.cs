using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Everything about a model's code that depends on its shape, decided once: the emitters print it and decide nothing.
/// A <em>contrast</em> is the score of a class less that of class 0, <c>t_j = S_j - S_0</c>: the softmax needs no more, so
/// kernels compute <c>C - 1</c> of them, and class 0's gradient is minus the sum of the others.
/// </summary>
internal sealed record KernelPlan
{
    private const int LongestPackedInBlocks = 8;

    public required ModelSpec Model { get; init; }

    public required Shape Shape { get; init; }

    /// <summary>Where the features of a row type lie; null when rows are spans alone.</summary>
    public required RowPlan? Rows { get; init; }

    /// <summary>The stages' register tiles at 512, 256 and 128 bit.</summary>
    public required EquatableArray<WidthPlan> Widths { get; init; }

    /// <summary>The widest vectors of the machine, where it is known; null where the code chooses among all widths when it runs.</summary>
    public int? OnlyBits { get; init; }

    /// <summary>Blocks per tile of packed rows at 512 bit.</summary>
    public required int TileBlocks { get; init; }

    /// <summary>Blocks per tile of packed rows at narrower widths, no more than at 512 bit.</summary>
    public required int NarrowTileBlocks { get; init; }

    /// <summary>Blocks per tile of row-major rows that are packed into the scratch tile by tile.</summary>
    public required int RowMajorTileBlocks { get; init; }

    /// <summary>
    /// Whether row-major rows are packed by code for rows of their length; rows of one number are packed as they stand, and with longer ones the
    /// shuffles themselves take the time.
    /// </summary>
    public bool PacksBlocks => Features is > 1 and <= LongestPackedInBlocks;

    /// <summary>Whether the scratch is rented from the array pool, being too large for the stack.</summary>
    public required bool ScratchIsPooled { get; init; }

    public required PredictionPlan Prediction { get; init; }

    /// <summary>The exact Hessian, or null when the shape has too many parameters for it to be worthwhile.</summary>
    public required HessianPlan? Hessian { get; init; }

    public int Classes => Shape.Classes;

    public int Features => Shape.Features;

    public int Contrasts => Shape.Contrasts;

    public int Columns => Shape.Columns;

    public int ParameterCount => Classes * Columns;

    public string Scalar => Shape.Precision == Precision.Double ? "double" : "float";

    public int ScalarBytes => Shape.ScalarBytes;

    public int BlockRows => Shape.BlockRows;

    /// <summary>Whether gradient sums stay whole vectors from tile to tile, or are added up over the lanes after each.</summary>
    public bool SumsAreVectors => Gradient.SumsAreVectors;

    /// <summary>Doubles from one gradient sum to the next in the scratch.</summary>
    public int SumStride => Gradient.SumStride;

    /// <summary>The widest vectors: the only ones at which row-major rows may be added without being packed.</summary>
    public WidthPlan Widest => Widths[0];

    /// <summary>The scratch of packed rows.</summary>
    public ScratchLayout Packed => Layout(TileBlocks);

    public ProductShape Gradient => ProductShape.Gradient(Shape);

    /// <summary>The scratch of row-major rows.</summary>
    public ScratchLayout RowMajor => Layout(RowMajorTileBlocks);

    public int RowMajorLength => RowMajor.RowMajorLength(Widest.Unpacked?.ScratchDoubles ?? 0);

    /// <summary>The bytes of scratch with the smallest tiles there can be: the stack that would do without the array pool.</summary>
    public long LeastScratchBytes =>
        sizeof(double) * (long)Math.Max((this with { RowMajorTileBlocks = ScratchLayout.GroupBlocks }).RowMajorLength, LeastPackedLength);

    // A tile of one group is slow, and does only where no allowance holds a larger one.
    private int LeastPackedLength
    {
        get
        {
            int length = Layout(Math.Min(TileBlocks, KernelPlanner.SmallestTile)).PackedLength();
            return length * (long)sizeof(double) <= BlockLayout.MostScratchBytes ? length : Layout(ScratchLayout.GroupBlocks).PackedLength();
        }
    }

    /// <summary>The features of a row that were read from its members, ahead of its prediction.</summary>
    private int RowBytes => Rows is null ? 0 : (Features * ScalarBytes) + (Rows.HasLookups ? Rows.Terms * (ScalarBytes + sizeof(int)) : 0);

    /// <summary>Whether some width looks after labels in a stage of their own.</summary>
    public bool HasLabelStage => Widths.Any(static width => width.Softmax.OverlapsDivision);

    /// <summary>The most stack that one call reserves for scratch.</summary>
    public int StackBytes => Math.Max(Prediction.StackBytes + RowBytes, ScratchIsPooled ? 0 : Math.Max(RowMajorLength, Packed.PackedLength()) * sizeof(double));

    /// <summary>Whether the kernels of a width that train are reached.</summary>
    public bool Trains(WidthPlan width) => OnlyBits is null || width.Bits == OnlyBits;

    /// <summary>
    /// Whether any kernels of a width are reached: a row that does not fill the widest vectors, or is loaded number by number, is predicted by narrower ones.
    /// </summary>
    public bool IsEmitted(WidthPlan width) =>
        Trains(width)
        || width.Bits == Math.Min(OnlyBits!.Value, Prediction.WidestBits)
        || (Prediction.Difference is { LoadsOneByOne: true } difference && width.Bits == Math.Min(OnlyBits.Value, difference.OneByOneBits(Shape)));

    private ScratchLayout Layout(int tileBlocks) =>
        new(ScalarBytes, Contrasts, Features, SumStride, tileBlocks, HasLabelStage ? TileBlocks : 0);
}
