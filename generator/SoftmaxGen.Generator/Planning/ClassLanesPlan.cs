namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Probabilities of a batch whose lanes are classes, two rows at a time: neither rows nor probabilities are transposed, and exponentials of two rows are
/// computed amid the multiplications of the next two. The classes that fill no vector go before, in pairs.
/// </summary>
/// <param name="Vectors">Whole vectors of classes.</param>
/// <param name="Pairs">Pairs of the classes that are left; of an odd number, the last pair repeats a class.</param>
internal sealed record ClassLanesPlan(int Vectors, int Pairs)
{
    /// <summary>The only width: with fewer registers the sums leave no room for exponentials.</summary>
    public const int Bits = 512;

    /// <summary>Rows that are computed together, and rows that a vector of pairs holds.</summary>
    public const int Rows = 2;
    public const int PairRows = 4;

    /// <summary>
    /// The rows of a tile. The first two and the last two have nothing beside them: 26 x 16 is 2 % faster than with half as many. The rows of a tile are read a
    /// second time after its pairs, and should be in the nearest cache still.
    /// </summary>
    public const int TileRows = 64;

    /// <summary>The numbers of a pair of classes in all rows of a tile.</summary>
    public const int PairLength = PairClasses * TileRows;

    private const int Lanes = Bits / 8 / sizeof(double);
    private const int PairClasses = 2;

    // A pair of classes takes pairs of features, one of each chain.
    private const int Chains = 2;

    // Sums of two rows and two chains: twelve registers, and the others for the exponentials of the two rows before.
    private const int MostVectors = 3;

    // Each pair transposes the rows by itself: with four, nothing is gained (31 x 16, 20.1 and 20.0 ns).
    private const int MostPairs = 3;

    // Transposing shorter rows costs too little to be worth another form.
    private const int FewestFeatures = 8;

    /// <summary>The plan of a shape, or null where batches have lanes that are rows. So many doubles of scratch are there in any case.</summary>
    public static ClassLanesPlan? Choose(int classes, int features, int scalarBytes, int chains, int scratch)
    {
        var plan = new ClassLanesPlan(classes / Lanes, ((classes % Lanes) + 1) / PairClasses);
        bool suits = scalarBytes == sizeof(double) && chains == Chains && plan.Vectors is >= 1 and <= MostVectors;
        return suits && features >= FewestFeatures && features % 2 == 0 && plan.Pairs <= MostPairs && plan.Pairs * PairLength <= scratch ? plan : null;
    }

    /// <summary>The first class of a pair.</summary>
    public int FirstClass(int pair, int classes) => Math.Min((Vectors * Lanes) + (PairClasses * pair), classes - PairClasses);

    /// <summary>Whether the first class of a pair is in another vector as well.</summary>
    public bool Repeats(int pair, int classes) => FirstClass(pair, classes) < (Vectors * Lanes) + (PairClasses * pair);
}
