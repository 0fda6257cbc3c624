namespace SoftmaxGen.Data;

/// <summary>What the columns of a file mean to a model. The defaults take columns by their names.</summary>
public sealed record DataFileOptions
{
    /// <summary>The column of the label where nobody says which, and rows have no member for it.</summary>
    internal const string DefaultLabel = "label";

    /// <summary>
    /// Gets the name of the column with the labels: names of classes, or numbers. Null, the default: the one named like the member marked
    /// <see cref="LabelAttribute"/>, or else the one named <c>label</c>.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>Gets the name of the column with the weights of the rows, finite and not negative. Null, the default: every row weighs 1.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>
    /// Gets the columns whose names are not those of features: the name of the column by the name of the feature or of the row's member. The default is
    /// empty.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Gets the texts that stand for a missing value, such as <c>NA</c> or <c>?</c>, compared unit by unit. Empty fields, nulls and NaN are missing in any
    /// case. The default is empty.
    /// </summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>
    /// Gets what to do with rows that miss a feature, where the model has no row type. The default is to throw. A row type says by its members what may be
    /// missing (<see cref="FeatureAttribute.Missing"/>, or a type that may be null); there the property must keep its default.
    /// </summary>
    public IncompleteRows IncompleteRows { get; init; }
}
