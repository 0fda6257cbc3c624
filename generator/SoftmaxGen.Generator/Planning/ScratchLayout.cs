using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Planning;

/// <summary>Where the parts of a driver's scratch begin, in doubles; each begins on a 64-byte boundary.</summary>
internal sealed record ScratchLayout
{
    public const int Slack = BlockLayout.SlackDoubles;

    public const int BlockDoubles = BlockLayout.VectorBytes / sizeof(double);

    public const int GroupBlocks = BlockLayout.GroupBlocks;

    /// <summary>The scaled weights of the contrasts.</summary>
    public const int Weights = 0;

    /// <summary>The gradient sums.</summary>
    public required int Sums { get; init; }

    /// <summary>The loss of the tile at hand: three vectors.</summary>
    public required int Loss { get; init; }

    /// <summary>The weights, 1 or 0, of the last rows, which do not fill a group of blocks.</summary>
    public required int TailWeights { get; init; }

    /// <summary>The probabilities of a tile's labels, where labels have a stage of their own.</summary>
    public required int LabelProbabilities { get; init; }

    /// <summary>The contrasts of a tile, and then the residuals in their place. What follows depends on the size of the tile.</summary>
    public required int Tile { get; init; }

    /// <summary>The packed features of a row-major tile.</summary>
    public required int Rows { get; init; }

    /// <summary>The class indices of a row-major tile.</summary>
    public required int ClassIndices { get; init; }

    /// <summary>What rows that are not packed need besides.</summary>
    public required int Unpacked { get; init; }

    /// <summary>The weights and the gradient of a row-major call in double, when the model's are not.</summary>
    public required int Wide { get; init; }

    /// <summary>The doubles in all, alignment included.</summary>
    public required int Length { get; init; }

    public static ScratchLayout ForPackedRows(KernelPlan plan) => Of(plan, plan.TileBlocks, rowMajor: false);

    public static ScratchLayout ForRowMajorRows(KernelPlan plan) => Of(plan, plan.RowMajorTileBlocks, rowMajor: true);

    private static ScratchLayout Of(KernelPlan plan, int tileBlocks, bool rowMajor)
    {
        int contrastWeights = plan.Contrasts * plan.Columns;
        int sums = RoundUp(plan.ScalarBytes == sizeof(double) ? contrastWeights : (contrastWeights + 1) / 2);
        int loss = sums + RoundUp(contrastWeights * plan.SumStride);
        int tailWeights = loss + (3 * BlockDoubles);
        int labelProbabilities = tailWeights + (GroupBlocks * BlockDoubles);
        int tile = labelProbabilities + (plan.HasLabelStage ? plan.TileBlocks * BlockDoubles : 0);
        int contrastsOfTile = (tileBlocks * plan.Contrasts) + (plan.HasLabelStage ? SoftmaxTile.ContrastsAhead : 0);
        int rows = tile + (contrastsOfTile * BlockDoubles);
        int classIndices = rows + (rowMajor ? tileBlocks * plan.Features * BlockDoubles : 0);
        int unpacked = classIndices + (rowMajor ? tileBlocks * BlockDoubles : 0);
        int wide = unpacked + (rowMajor ? plan.Widest.Unpacked?.ScratchDoubles ?? 0 : 0);
        int end = wide + (rowMajor && plan.ScalarBytes != sizeof(double) ? 2 * plan.ParameterCount : 0);
        return new ScratchLayout
        {
            Sums = sums,
            Loss = loss,
            TailWeights = tailWeights,
            LabelProbabilities = labelProbabilities,
            Tile = tile,
            Rows = rows,
            ClassIndices = classIndices,
            Unpacked = unpacked,
            Wide = wide,
            Length = end + Slack,
        };
    }

    /// <summary>Rounds a length up to whole 64-byte vectors.</summary>
    public static int RoundUp(int doubles) => (doubles + BlockDoubles - 1) / BlockDoubles * BlockDoubles;
}
