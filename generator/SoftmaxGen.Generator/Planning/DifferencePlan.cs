namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Prediction with two classes needs one number, <c>t = (W_1 - W_0) x</c>: a dot product, whose lanes are features. The last vector of features ends with
/// the row, so that it may repeat features of the vector before; there its weights are 0.
/// </summary>
/// <param name="Features">The features of a row.</param>
/// <param name="Lanes">Features per vector at the widest vectors; 1 when the row is too short for any, and its products are added up one by one.</param>
/// <param name="Vectors">Vectors of features, of that width.</param>
/// <param name="Chains">Vectors of sums that run side by side.</param>
internal sealed record DifferencePlan(int Features, int Lanes, int Vectors, int Chains)
{
    // Fewer products are over before a second chain pays for its addition.
    private const int VectorsPerChain = 2;
    private const int MostChains = 4;

    // In straight code.
    private const int MostUnrolledVectors = 32;

    // Rows of fewer features are loaded one by one for a prediction of their own. 12 features: 4.3 ns instead of 3.9 where the row was written long ago,
    // 3.8 instead of 15.3 where it was written just before; 30 features: 8.8 instead of 5.4, 5.8 instead of 13.9; 48: 12.4 and 6.5, 11.4 and 12.5.
    private const int MostLoadedOneByOne = 32;

    /// <summary>
    /// Whether the prediction of one row loads its features one by one: a core forwards what was just stored to a load of the same size, and lets a vector of
    /// several wait until all of them are in the cache.
    /// </summary>
    public bool LoadsOneByOne => Lanes > 1 && Features <= MostLoadedOneByOne;

    /// <summary>
    /// The widest vectors that are put together of features loaded one by one. 2 x 30: 7.7 ns by two, 6.6 by four, 9.4 by eight, each more shuffles.
    /// </summary>
    public int OneByOneBits(Shape shape) => Math.Min(VectorTarget.Avx2.Bits, Lanes * shape.ScalarBytes * 8);

    /// <summary>Where the difference of the biases lies: behind those of the features. The weights themselves follow.</summary>
    public int BiasIndex => Vectors * Lanes;

    /// <summary>
    /// Vectors that a loop takes, a turn of one for each chain: not the last turn, whose last vector may not begin where the others would have it.
    /// </summary>
    public int LoopedVectors => Vectors / Chains > MostUnrolledVectors / Chains ? ((Vectors / Chains) - 1) * Chains : 0;

    public static DifferencePlan? Choose(Shape shape)
    {
        if (shape.Contrasts > 1)
        {
            return null;
        }

        int features = shape.Features;
        int lanes = VectorTarget.Any128.Lanes(shape);
        if (features < lanes)
        {
            return new DifferencePlan(features, 1, features, 1);
        }

        while (2 * lanes <= features && 2 * lanes <= shape.BlockRows)
        {
            lanes *= 2;
        }

        int vectors = (features + lanes - 1) / lanes;
        int chains = 1;
        while (2 * chains <= MostChains && vectors >= 2 * chains * VectorsPerChain)
        {
            chains *= 2;
        }

        return new DifferencePlan(features, lanes, vectors, chains);
    }

    /// <summary>The feature in the first lane of a vector.</summary>
    public int FirstFeature(int vector) => vector == Vectors - 1 ? Features - Lanes : vector * Lanes;
}
