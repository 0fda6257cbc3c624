using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Planning;

/// <summary>How row-major rows are added without being packed into a tile first: some blocks at a time, up to a row that needs the fallback.</summary>
/// <param name="Shape">The sizes of the model.</param>
internal abstract record UnpackedForm(Shape Shape)
{
    // What is fetched ahead stays near until it is read.
    private const int BytesAhead = 8 * 1024;

    /// <summary>Blocks between additions to the sums.</summary>
    public abstract int TileBlocks { get; }

    /// <summary>The form in words.</summary>
    public abstract string Description { get; }

    /// <summary>The doubles of scratch that it needs besides.</summary>
    public virtual int ScratchDoubles => 0;

    /// <summary>Blocks from the one at hand to the one that is fetched.</summary>
    public int BlocksAhead => ((BytesAhead - 1) / (Shape.Features * BlockLayout.VectorBytes)) + 1;

    /// <summary>Chooses the form where one is faster than packing; null otherwise. With fewer registers none is.</summary>
    public static UnpackedForm? Choose(Shape shape, VectorTarget target) =>
        target != VectorTarget.Avx512 ? null
        : ShortRowsPlan.IsFaster(shape) ? new ShortRowsPlan(shape)
        : DirectPlan.IsFaster(shape) ? new DirectPlan(shape)
        : null;
}
