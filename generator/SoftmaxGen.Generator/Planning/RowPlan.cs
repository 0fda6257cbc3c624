using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Where the columns of a row type lie, and the terms of a row: a value for each column that is known to the compiler, and behind these a value for each
/// column that the row tells, such as that of its category.
/// </summary>
internal sealed record RowPlan
{
    // What a term costs whose column a row tells, beside one whose column is known: it is looked up and checked first.
    private const double LookupCost = 1.5;

    private RowPlan(RowSpec row)
    {
        Row = row;
        var places = new List<FeaturePlace>();
        foreach (FeatureSpec feature in row.Features)
        {
            places.Add(new FeaturePlace(feature, Columns, FixedTerms, Lookups));
            Columns += feature.Encoding.Columns;
            FixedTerms += feature.Encoding.FixedColumns.Count;
            Lookups += feature.Encoding.Lookups;
        }

        Places = places.ToEquatableArray();
    }

    /// <summary>The row type.</summary>
    public RowSpec Row { get; }

    /// <summary>The features and crosses, each with its place.</summary>
    public EquatableArray<FeaturePlace> Places { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The terms whose column is known to the compiler.</summary>
    public int FixedTerms { get; }

    /// <summary>The terms whose column a row tells.</summary>
    public int Lookups { get; }

    /// <summary>All terms of a row.</summary>
    public int Terms => FixedTerms + Lookups;

    /// <summary>Whether a row is terms before it is features.</summary>
    public bool HasLookups => Lookups > 0;

    /// <summary>Whether a row may hold a value that is refused, and reading it needs to know what to call the row in the message.</summary>
    public bool MayRefuse => Row.Features.Any(static feature => feature.Encoding.MayRefuse);

    /// <summary>Whether predictions of a row add up its terms: there are so many fewer of them than columns.</summary>
    public bool PredictsTerms => HasLookups && FixedTerms + (LookupCost * Lookups) < Columns;

    /// <summary>The columns of the terms whose columns are known.</summary>
    public IEnumerable<int> FixedColumns => Places.SelectMany(static place => place.Feature.Encoding.FixedColumns.Select(column => place.FirstColumn + column));

    public static RowPlan? Of(ModelSpec model) => model.Row is { } row ? new RowPlan(row) : null;
}
