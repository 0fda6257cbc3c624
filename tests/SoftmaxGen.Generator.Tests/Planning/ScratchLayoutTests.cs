using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>The parts of the scratch, for every shape.</summary>
public class ScratchLayoutTests
{
    private const int BlockDoubles = 8;

    [Fact]
    public void Parts_are_aligned_and_disjoint_and_end_before_the_slack()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            AssertParts(plan, plan.Packed.PackedLength(), PackedParts(plan, plan.Packed, plan.TileBlocks));
            AssertParts(plan, plan.RowMajorLength, [.. PackedParts(plan, plan.RowMajor, plan.RowMajorTileBlocks), .. RowMajorParts(plan, plan.RowMajor)]);
        }
    }

    [Fact]
    public void What_drivers_share_lies_in_the_same_place_in_both_layouts()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            Assert.Equal(
                (plan.Packed.Sums, plan.Packed.Loss, plan.Packed.TailWeights, plan.Packed.Tile),
                (plan.RowMajor.Sums, plan.RowMajor.Loss, plan.RowMajor.TailWeights, plan.RowMajor.Tile));
        }
    }

    private static void AssertParts(KernelPlan plan, int reserved, IEnumerable<(string Name, int First, int Length)> parts)
    {
        int end = 0;
        foreach ((string name, int first, int length) in parts.OrderBy(static part => part.First).ThenBy(static part => part.Length))
        {
            Holds.True(first % BlockDoubles == 0, $"{plan.Name()}: {name} at {first} is not on a 64-byte boundary");
            Holds.True(first >= end, $"{plan.Name()}: {name} begins at {first}, before {end}");
            end = first + length;
        }

        // Aligning may skip all but one of the doubles of a cache line.
        Holds.True(end + BlockDoubles - 1 <= reserved, $"{plan.Name()}: {reserved} doubles do not hold {end} aligned");
    }

    private static IEnumerable<(string Name, int First, int Length)> PackedParts(KernelPlan plan, ScratchLayout layout, int blocks)
    {
        int elements = plan.Contrasts * plan.Columns;
        yield return ("the weights", ScratchLayout.Weights, ((elements * plan.ScalarBytes) + 7) / 8);
        yield return ("the sums", layout.Sums, elements * (plan.SumsAreVectors ? BlockDoubles : 1));
        yield return ("the loss", layout.Loss, 3 * BlockDoubles);
        yield return ("the tail's weights", layout.TailWeights, 4 * BlockDoubles);
        yield return ("the tile", layout.Tile, blocks * plan.Contrasts * BlockDoubles);
    }

    private static IEnumerable<(string Name, int First, int Length)> RowMajorParts(KernelPlan plan, ScratchLayout layout)
    {
        yield return ("the rows", layout.Rows, plan.RowMajorTileBlocks * plan.Features * BlockDoubles);
        yield return ("the class indices", layout.ClassIndices, plan.RowMajorTileBlocks * BlockDoubles);
        if (plan.Widest.Unpacked is DirectPlan direct)
        {
            yield return ("the weights of rows as they stand, their bias and residuals", layout.Unpacked, (direct.Vectors + 2) * BlockDoubles);
            yield return ("their sums", layout.Unpacked + direct.SumsOffset, (direct.Vectors + 1) * BlockDoubles);
        }

        yield return ("the wide weights and gradient", layout.Wide, plan.ScalarBytes == sizeof(float) ? 2 * plan.ParameterCount : 0);
    }
}
