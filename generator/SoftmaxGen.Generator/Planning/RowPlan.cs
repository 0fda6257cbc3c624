using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Where the columns of a row type lie, and the terms of a row: a value and its column for each column that is known to the compiler, and for each that the
/// row tells, such as that of its category. All other columns are 0.
/// </summary>
internal sealed record RowPlan
{
    // What finding the column of a term costs, beside adding up the term.
    private const double LookupCost = 0.5;

    // Terms are added up in straight code.
    private const int MostTerms = 64;

    private RowPlan(RowSpec row, MissingValues missingValues)
    {
        Row = row;
        MissingValues = missingValues;
        var places = new List<FeaturePlace>();
        foreach (FeatureSpec feature in row.Features)
        {
            places.Add(new FeaturePlace(feature, Columns, Terms));
            Columns += feature.Encoding.Columns;
            Terms += feature.Encoding.FixedColumns.Count + feature.Encoding.Lookups;
            Lookups += feature.Encoding.Lookups;
        }

        Places = places.ToEquatableArray();
    }

    /// <summary>The row type.</summary>
    public RowSpec Row { get; }

    /// <summary>What predictions do about a number that is not finite.</summary>
    private MissingValues MissingValues { get; }

    /// <summary>The features and crosses, each with its place.</summary>
    public EquatableArray<FeaturePlace> Places { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The terms of a row.</summary>
    public int Terms { get; }

    /// <summary>Those of them whose column a row tells.</summary>
    public int Lookups { get; }

    /// <summary>The columns of the terms; null for one that a row tells.</summary>
    public IEnumerable<int?> KnownColumns => Places.SelectMany(static place => place.Feature.Encoding.FixedColumns
        .Select(column => (int?)(place.FirstColumn + column))
        .Concat(Enumerable.Repeat<int?>(null, place.Feature.Encoding.Lookups)));

    /// <summary>Whether the value of each of the terms is 1, whatever the row.</summary>
    public IEnumerable<bool> Ones => Places.SelectMany(static place => place.Feature.Encoding.FixedColumns
        .Select(static _ => false)
        .Concat(Enumerable.Repeat(place.Feature.Encoding.LooksUpOnes, place.Feature.Encoding.Lookups)));

    /// <summary>Whether a row is terms before it is features.</summary>
    public bool HasLookups => Lookups > 0;

    /// <summary>Whether a row may hold a value that is refused, and reading it needs to know what to call the row in the message.</summary>
    public bool MayRefuse => Row.Features.Any(static feature => feature.Encoding.MayRefuse);

    /// <summary>
    /// Whether predictions of a row add up its terms: there are so many fewer of them than columns. Not where numbers that are not finite come out as
    /// they may: all members then do alike.
    /// </summary>
    public bool PredictsTerms => HasLookups && MissingValues == MissingValues.Throw && Terms <= MostTerms && Terms + (LookupCost * Lookups) < Columns;

    public static RowPlan? Of(ModelSpec model) => model.Row is { } row ? new RowPlan(row, model.MissingValues) : null;
}
