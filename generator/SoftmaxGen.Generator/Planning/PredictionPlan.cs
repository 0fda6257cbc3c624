using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Prediction. For one row the lanes are classes: the weights are kept a second time, column by column, and each feature is broadcast against its
/// column. A column consists of chunks of classes, half a vector or a whole one; the last chunk ends with the last class, so that it may repeat classes
/// of the one before: every lane is a class, nothing is padding, and whole chunks can be stored. For many rows the lanes are rows, as in training.
/// Whichever it is, a score is summed in the same order.
/// </summary>
internal sealed record PredictionPlan
{
    // The classes with the largest score are found as bits of a word, and of a second one where there are more.
    private const int MostClassesInRegisters = 2 * WordClasses;

    private const int MultiplyAddLatency = 4;

    /// <summary>The most chains that the features of a row are summed in.</summary>
    public const int MostChains = 4;

    /// <summary>The classes that a word has bits for.</summary>
    public const int WordClasses = 64;

    // Classes without a loop over them, and in one turn of it.
    private const int MostStraightBest = 16;
    private const int ExponentialsPerTurn = 4;

    // Rows that are objects are read into tiles, each of which is written and read at once: it should stay in the first-level cache.
    private const int ReadTileBytes = 16 * 1024;
    private const int LargestReadTile = 256;

    // Rows of a batch are scored in tiles. Small ones: what is reserved is cleared first.
    private const int MostTileBytes = 12 * 1024;
    private const int MostTileBlocks = 4;

    // The largest and the smallest score of each row, and then the factor that makes probabilities of its exponentials.
    private const int ExtraVectors = BlockLayout.ExtraVectors;

    public required Shape Shape { get; init; }

    /// <summary>Whether one look at the scores of a row finds features that are not finite, and scores that overflow.</summary>
    public required bool ChecksScores { get; init; }

    /// <summary>The plan for two classes, otherwise null.</summary>
    public required DifferencePlan? Difference { get; init; }

    /// <summary>The lanes of a column: classes, some of them twice.</summary>
    public required int ColumnLanes { get; init; }

    /// <summary>The lanes of a chunk of classes.</summary>
    public required int Chunk { get; init; }

    /// <summary>The widest vector that a column fills.</summary>
    public required int WidestBits { get; init; }

    /// <summary>Features are summed in so many chains side by side, feature <c>k</c> in chain <c>k mod Chains</c>.</summary>
    public required int Chains { get; init; }

    /// <summary>Blocks of rows that a batch takes at a time; 0 when not one fits the stack, and a batch goes row by row.</summary>
    public required int TileBlocks { get; init; }

    /// <summary>The row vectors of a block of scores: those of all classes, and two for what is known of each row besides.</summary>
    public required int BlockVectors { get; init; }

    /// <summary>The doubles of scratch that a tile needs: its scores, and the packed features of a block.</summary>
    public required int TileLength { get; init; }

    /// <summary>The most stack that one prediction reserves.</summary>
    public required int StackBytes { get; init; }

    /// <summary>
    /// Whether zeros among baked weights may be skipped. Not with two classes, where looking at features takes one of the two loads of multiplying them;
    /// nor where features that are not finite come out as they may, which takes the product of zero and NaN.
    /// </summary>
    public bool MaySkipZeros => Difference is null && ChecksScores;

    /// <summary>Where the packed features of a block lie in the scratch of a tile, in numbers of the model's type: behind the scores.</summary>
    public int PackedBlock => TileBlocks * BlockVectors * Shape.BlockRows;

    /// <summary>Whether the search for the largest score of a row of a batch is a loop over the classes.</summary>
    public bool LoopsOverClasses => Shape.Classes > MostStraightBest;

    /// <summary>Rows that are objects in one tile.</summary>
    public int ReadTileRows => Math.Max(1, Math.Min(LargestReadTile, ReadTileBytes / (Shape.Features * Shape.ScalarBytes)));

    /// <summary>The length of the second copy of the weights, from its first column on.</summary>
    public int ColumnsLength => Difference is { } difference
        ? difference.BiasIndex + 1 + (Shape.Classes * Shape.Columns)
        : Shape.Columns * ColumnLanes;

    /// <summary>The lanes at the end of a column that repeat classes.</summary>
    public int Repeated => ColumnLanes - Shape.Classes;

    /// <summary>The class in a lane of a column.</summary>
    public int ClassOf(int lane) => lane < ColumnLanes - Chunk ? lane : lane - Repeated;

    /// <summary>Whether all scores of a row stay in registers; otherwise they wait in memory.</summary>
    public bool InRegisters(VectorTarget target) => Difference is not null
        || (Shape.Classes <= MostClassesInRegisters && ColumnLanes <= target.RowVectors * target.Lanes(Shape));

    /// <summary>Exponentials in one turn of the loop over the classes of a batch; all of them when there is no loop.</summary>
    public int ExponentialsOf(VectorTarget target) =>
        Shape.Classes <= target.Exponentials ? Shape.Classes
        : target.TakesExponentialsOneByOne(Shape) ? 1
        : ExponentialsPerTurn;

    public static PredictionPlan Choose(ModelSpec model, Shape shape)
    {
        var difference = DifferencePlan.Choose(shape);
        (int chunk, int widestLanes) = Chunks(shape);
        int columnLanes = (shape.Classes + chunk - 1) / chunk * chunk;
        int tileBlocks = ChooseTileBlocks(shape, model.MaxStackBytes);
        int tileLength = tileBlocks == 0 ? 0 : Doubles(shape, tileBlocks);
        return new PredictionPlan
        {
            Shape = shape,
            ChecksScores = model.MissingValues == MissingValues.Throw,
            Difference = difference,
            ColumnLanes = columnLanes,
            Chunk = chunk,
            WidestBits = Math.Max(VectorTarget.Any128.Bits, (difference?.Lanes ?? widestLanes) * shape.ScalarBytes * 8),
            Chains = ChooseChains(shape.Features, (columnLanes + widestLanes - 1) / widestLanes),
            TileBlocks = tileBlocks,
            BlockVectors = shape.Classes + ExtraVectors,
            TileLength = tileLength,
            StackBytes = Math.Max(shape.Classes * shape.ScalarBytes, tileLength * sizeof(double)),
        };
    }

    // Whole vectors where the classes fill one; otherwise halves of the narrowest vector that holds them.
    private static (int Chunk, int WidestLanes) Chunks(Shape shape)
    {
        int lanes = VectorTarget.Any128.Lanes(shape);
        while (lanes < shape.Classes && lanes < shape.BlockRows)
        {
            lanes *= 2;
        }

        return (lanes > shape.Classes ? lanes / 2 : lanes, lanes);
    }

    // The fewest chains of those that keep a row waiting least: for the last sum of a chain and for adding up the chains, or for the multiplications of
    // all vectors, two of which begin in a cycle.
    private static int ChooseChains(int features, int vectors) => Enumerable
        .Range(0, MostChains)
        .Select(static power => 1 << power)
        .Where(chains => chains <= MostChains && chains <= features)
        .OrderBy(chains => Math.Max(MultiplyAddLatency * ((features + chains - 1) / chains), features * vectors / 2) + Additions(chains))
        .ThenBy(static chains => chains)
        .First();

    private static int Additions(int chains)
    {
        int cycles = 0;
        for (int left = chains; left > 1; left /= 2)
        {
            cycles += MultiplyAddLatency;
        }

        return cycles;
    }

    private static int ChooseTileBlocks(Shape shape, int maxStackBytes)
    {
        int blocks = MostTileBlocks;
        while (blocks > 1 && Doubles(shape, blocks) * (long)sizeof(double) > MostTileBytes)
        {
            blocks /= 2;
        }

        return Doubles(shape, blocks) * (long)sizeof(double) <= maxStackBytes ? blocks : 0;
    }

    private static int Doubles(Shape shape, int blocks) => BlockLayout.BatchDoubles(blocks, shape.Classes, shape.Features);
}
