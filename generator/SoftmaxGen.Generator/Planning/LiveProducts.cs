using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// What is left of a row's prediction at one vector width when the zeros among baked weights are skipped. A product takes one feature and one vector of
/// classes; it is <em>live</em> when one of these classes has a weight for the feature. A feature without a live product is not multiplied at all, only
/// looked at: it must be finite like the others.
/// </summary>
internal sealed class LiveProducts
{
    // Steps are products, features that are broadcast for them, and loads that look at the others. Over 10 x 16, 10 x 64, 7 x 54 and 26 x 16 the time
    // falls a little slower than they do: 3/4 of the steps took 0.7 to 0.9 of the time, and 9/10 took 0.86 to 1, which is not worth a second kernel.
    private const int MostQuartersOfSteps = 3;

    // All steps are straight code of one method. With 1,001 it was still fast (10 x 784, 628 products: 166 ns instead of 574); with 1,225 the JIT had stopped
    // inlining, and it took six times as long as all products. The tests look at what the JIT makes of nearly 750.
    private const int MostSteps = 750;

    private readonly bool[] _isLive;
    private readonly int _features;
    private readonly int _lanes;
    private readonly int _liveFeatures;

    private LiveProducts(KernelPlan plan, WidthPlan width, BakedWeights weights)
    {
        EquatableArray<ClassVector> vectors = width.Row!.Vectors;
        Bits = width.Bits;
        All = vectors.Count * plan.Features;
        _features = plan.Features;
        _lanes = width.Lanes;
        _isLive = new bool[plan.Prediction.ColumnLanes / _lanes * plan.Features];
        foreach (ClassVector vector in vectors)
        {
            int[] classes = [.. Enumerable.Range(vector.Offset, _lanes).Select(lane => plan.Prediction.ClassOf(lane)).Distinct()];
            for (int k = 0; k < _features; k++)
            {
                _isLive[Index(vector, k)] = classes.Any(j => !weights.IsZero(j, k + 1));
            }
        }

        Count = _isLive.Count(static isLive => isLive);
        int[] dead = [.. Enumerable.Range(0, _features).Where(k => !vectors.Any(vector => IsLive(vector, k)))];
        _liveFeatures = _features - dead.Length;
        LooksAreVectors = _features >= _lanes;
        Looks = LooksAreVectors ? Cover(dead) : dead;
        LookChains = Math.Min(plan.Prediction.Chains, Looks.Count);
    }

    /// <summary>The vector width.</summary>
    public int Bits { get; }

    /// <summary>The products of the prediction that skips nothing.</summary>
    public int All { get; }

    /// <summary>The live products.</summary>
    public int Count { get; }

    /// <summary>The first features of the vectors that look at features without a live product; where a row is no vector, these features themselves.</summary>
    public IReadOnlyList<int> Looks { get; }

    /// <summary>Whether these features are looked at in vectors, and not one by one.</summary>
    public bool LooksAreVectors { get; }

    /// <summary>The chains that these looks are summed in, side by side.</summary>
    public int LookChains { get; }

    private int Steps => Count + _liveFeatures + Looks.Count;

    private bool Pays => Steps <= MostSteps && 4 * Steps <= MostQuartersOfSteps * (All + _features);

    /// <summary>Chooses the vector widths at which zeros are skipped.</summary>
    /// <returns>What is left at each; none where skipping does not pay, or the model's predictions skip nothing whatever the weights.</returns>
    public static IReadOnlyList<LiveProducts> Choose(KernelPlan plan, BakedWeights weights) => plan.Prediction.MaySkipZeros
        ? [.. plan.Widths
            .Where(static width => width.Row is not null)
            .Select(width => new LiveProducts(plan, width, weights))
            .Where(static live => live.Pays)]
        : [];

    /// <summary>Tells whether one of the classes of a vector has a weight for a feature.</summary>
    public bool IsLive(ClassVector vector, int feature) => _isLive[Index(vector, feature)];

    private int Index(ClassVector vector, int feature) => (vector.Offset / _lanes * _features) + feature;

    // The last vector may have to begin earlier, to end with the row.
    private List<int> Cover(int[] features)
    {
        var firsts = new List<int>();
        foreach (int k in features)
        {
            if (firsts.Count == 0 || k >= firsts[firsts.Count - 1] + _lanes)
            {
                firsts.Add(Math.Min(k, _features - _lanes));
            }
        }

        return firsts;
    }
}
