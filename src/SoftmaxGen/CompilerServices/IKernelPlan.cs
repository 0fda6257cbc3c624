using System.ComponentModel;

namespace SoftmaxGen.CompilerServices;

/// <summary>The sizes of a model and of its tiles, which the generator has planned. Implemented by generated code alone, by constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKernelPlan
{
    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    static abstract int Classes { get; }

    /// <summary>Gets the number of features of a row, <c>m</c>.</summary>
    static abstract int Features { get; }

    /// <summary>Gets the label of the first class, as the kernels know labels.</summary>
    static abstract int FirstLabel { get; }

    /// <summary>Gets the blocks of a tile of packed rows.</summary>
    static abstract int TileBlocks { get; }

    /// <summary>Gets the blocks of a tile of row-major rows.</summary>
    static abstract int RowMajorTileBlocks { get; }

    /// <summary>Gets the blocks of a tile of rows to predict; 0 when rows are predicted one by one.</summary>
    static abstract int BatchBlocks { get; }

    /// <summary>Gets the doubles from one gradient sum to the next: those of a whole vector, or 1.</summary>
    static abstract int SumStride { get; }

    /// <summary>Gets the doubles from one sum of the Hessian to the next; 0 when there is no Hessian.</summary>
    static abstract int HessianStride { get; }

    /// <summary>Gets a value indicating whether row-major rows are packed by code for rows of their length.</summary>
    static abstract bool PacksBlocks { get; }

    /// <summary>Gets a value indicating whether the scratch of a loss is rented, being too large for the stack.</summary>
    static abstract bool RentsScratch { get; }
}
