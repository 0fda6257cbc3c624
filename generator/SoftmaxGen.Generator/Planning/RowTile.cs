using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>The prediction of one row of more than two classes at one vector width: lanes are classes, some vectors are summed side by side.</summary>
/// <param name="Vectors">The vectors of classes, without those that only repeat.</param>
/// <param name="IsSplit">Whether the only vector has two chunks, of which the upper one repeats classes of the lower.</param>
/// <param name="VectorsPerPass">Vectors that are summed in one pass over the features.</param>
/// <param name="UnrolledFeatures">Features in straight code, or in one turn of the loop over the features.</param>
internal sealed record RowTile(EquatableArray<ClassVector> Vectors, bool IsSplit, int VectorsPerPass, int UnrolledFeatures)
{
    // Where scores wait in memory.
    private const int MostVectorsPerPass = 8;

    // Multiplications in a row's straight code, and in one turn of its loop otherwise.
    private const int MostUnrolled = 64;
    private const int PerTurn = 24;

    // The JIT inlines no method of more locals. Sums that are called go through memory: probabilities of 7 x 54 then took 40 ns instead of 37.
    private const int MostInlinedLocals = 32;

    // What the JIT inlines whole into the member that a program calls; of 32 multiplications it leaves the sums behind.
    private const int MostInlined = 16;

    /// <summary>Passes alike that a loop may take: the last chunk of classes may lie elsewhere in a column than its classes do, and takes no part.</summary>
    public required int LoopedPasses { get; init; }

    /// <summary>Vectors of a pass after the loop: what it leaves is one pass, since a pass of few vectors would wait for its own sums.</summary>
    public required int VectorsOfLastPass { get; init; }

    /// <summary>The first lane of those that repeat a class: of the last vector, or of the only one where it is split.</summary>
    public required int FirstRepeated { get; init; }

    /// <summary>How many lanes repeat a class.</summary>
    public required int Repeated { get; init; }

    /// <summary>Whether the sums of a row are a method of their own, which all kernels inline; otherwise each has them itself.</summary>
    public required bool SharesSums { get; init; }

    /// <summary>Whether the member that predicts a label holds the whole kernel; a call would cost it a quarter.</summary>
    public required bool IsInlined { get; init; }

    public static RowTile? Choose(PredictionPlan prediction, VectorTarget target)
    {
        if (prediction.Difference is not null || target.Bits > prediction.WidestBits)
        {
            return null;
        }

        int lanes = target.Lanes(prediction.Shape);
        bool isSplit = lanes > prediction.Chunk;
        EquatableArray<ClassVector> vectors = isSplit ? new([new ClassVector(0, 0, 0)]) : VectorsOf(prediction, lanes).ToEquatableArray();
        bool inRegisters = prediction.InRegisters(target);
        int perPass = inRegisters ? Math.Max(1, target.RowSums / prediction.Chains) : EvenPasses(vectors.Count);
        int vectorsPerChunk = prediction.Chunk / lanes;
        int unrolled = Unroll(prediction, inRegisters ? vectors.Count : perPass);
        int chains = prediction.Chains > 1 ? vectors.Count * prediction.Chains : 0;
        int passes = ((vectors.Count - 1) / perPass) + 1;
        return new RowTile(vectors, isSplit, perPass, unrolled)
        {
            SharesSums = chains + (passes * LocalsOfPass(prediction.Shape.Features, unrolled)) <= MostInlinedLocals,
            IsInlined = vectors.Count * prediction.Shape.Features <= MostInlined,
            LoopedPasses = (vectors.Count - vectorsPerChunk) / perPass,
            VectorsOfLastPass = perPass + vectorsPerChunk - 1,
            FirstRepeated = isSplit ? prediction.Chunk : 0,
            Repeated = isSplit ? prediction.Repeated : vectors.Max(static vector => vector.Repeated),
        };
    }

    // One vector that is left over waits for its sum as long as all of a pass.
    private static int EvenPasses(int vectors)
    {
        int passes = ((vectors - 1) / MostVectorsPerPass) + 1;
        return ((vectors - 1) / passes) + 1;
    }

    private static IEnumerable<ClassVector> VectorsOf(PredictionPlan prediction, int lanes)
    {
        int covered = 0;
        for (int offset = 0; offset < prediction.ColumnLanes; offset += lanes)
        {
            int first = prediction.ClassOf(offset);
            if (first + lanes > covered)
            {
                yield return new ClassVector(offset, first, covered - first);
                covered = first + lanes;
            }
        }
    }

    // A local for each feature in the code; a loop has two references and a counter besides.
    private static int LocalsOfPass(int features, int unrolled) => unrolled < features ? unrolled + (features % unrolled) + 3 : features;

    private static int Unroll(PredictionPlan prediction, int vectors) => prediction.Shape.Features * vectors <= MostUnrolled
        ? prediction.Shape.Features
        : Math.Max(prediction.Chains, Math.Min(prediction.Shape.Features, PerTurn / vectors) / prediction.Chains * prediction.Chains);
}
