namespace SoftmaxGen.CompilerServices;

/// <summary>
/// How rows lie in memory: what the library packs and what generated kernels read. The kernels know these as numbers, so that they can never change once a
/// package is released. This file is compiled into the library and the generator.
/// </summary>
internal static class BlockLayout
{
    /// <summary>The bytes of a block's row vector: one cache line, one 512-bit register. Buffers are aligned to it.</summary>
    public const int VectorBytes = 64;

    /// <summary>The blocks that storage is padded to a multiple of: the most row vectors a kernel takes in one step.</summary>
    public const int GroupBlocks = 4;

    /// <summary>The <see cref="double"/> values that scratch has beyond those used, so that it can begin on a vector's boundary.</summary>
    public const int SlackDoubles = VectorBytes / sizeof(double);

    /// <summary>The vectors of a block of probabilities behind those of its classes: the factor of each row, and one that is not read.</summary>
    public const int ExtraVectors = 2;

    /// <summary>The most stack that a model may allow a call for its scratch: what any thread can spare.</summary>
    public const int MostScratchBytes = 1024 * 1024;

    /// <summary>The most classes of a model: the scores of a row are scratch on the stack, 32 KiB of <see cref="double"/> at most.</summary>
    public const int MostClasses = 4096;

    /// <summary>The most features of a model: a row is 512 KiB of <see cref="double"/> at most.</summary>
    public const int MostFeatures = 65_536;

    /// <summary>The most weights of a model, <c>C * (m + 1)</c>: 128 MiB of <see cref="double"/>.</summary>
    public const int MostParameters = 16 * 1024 * 1024;

    /// <summary>The most blocks of a tile.</summary>
    public const int MostTileBlocks = 64;

    /// <summary>Counts the elements that an array has beyond those used, so that its first one of these can lie on a vector's boundary.</summary>
    public static int SlackElements(int elementBytes) => (VectorBytes / elementBytes) - 1;

    /// <summary>Counts the doubles of the scratch of a tile of rows to predict: their scores, and the packed features of a block.</summary>
    public static int BatchDoubles(int blocks, int classes, int features) =>
        (((blocks * (classes + ExtraVectors)) + (classes == 2 ? 0 : features)) * (VectorBytes / sizeof(double))) + SlackDoubles;
}
