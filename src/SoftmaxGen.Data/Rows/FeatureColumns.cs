using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>Finds the columns of a model whose features are numbers.</summary>
internal static class FeatureColumns
{
    /// <summary>Finds the columns.</summary>
    /// <exception cref="DataFileException">A column is missing.</exception>
    /// <exception cref="ArgumentException">The options name a feature that there is not.</exception>
    public static FileColumns Find(ModelShape shape, RowSource source, DataFileOptions options)
    {
        var names = new ColumnNames(source.Name, source.ColumnNames);
        int label = Label(names, options, options.LabelColumn ?? DataFileOptions.DefaultLabel);
        int weight = Weight(names, options);
        string[] features = [.. Enumerable.Range(0, shape.Features).Select(shape.FeatureName)];
        string[] unknown = [.. options.Columns.Keys.Except(features)];
        if (unknown.Length > 0)
        {
            throw new ArgumentException(
                $"Columns names {DataFileException.List(unknown)}, which the model has no feature for; "
                + $"its features are {DataFileException.List(features)}.",
                nameof(options));
        }

        return new FileColumns(
            shape.FeatureNames.Count == 0 && options.Columns.Count == 0
                ? Unnamed(shape, source, label, weight)
                : Named(features, names, options),
            label,
            weight);
    }

    /// <summary>Finds the column of the label.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="options">What they mean.</param>
    /// <param name="candidates">What the column may be called.</param>
    public static int Label(ColumnNames names, DataFileOptions options, params ReadOnlySpan<string> candidates) =>
        names.Require("which has the labels", options.LabelColumn is null ? "name the one that has them by LabelColumn" : "LabelColumn names it", candidates);

    /// <summary>Finds the column of the weight.</summary>
    /// <returns>Its index; -1 where there is none.</returns>
    public static int Weight(ColumnNames names, DataFileOptions options) =>
        options.WeightColumn is null ? -1 : names.Require("which has the weights", "WeightColumn names it", options.WeightColumn);

    private static int[] Named(string[] features, ColumnNames names, DataFileOptions options) =>
    [
        .. features.Select(
            feature => names.Require("a feature of the model", "say in Columns what it is called", options.Columns.GetValueOrDefault(feature, feature))),
    ];

    private static int[] Unnamed(ModelShape shape, RowSource source, int label, int weight)
    {
        int[] others = [.. Enumerable.Range(0, source.ColumnNames.Count).Where(index => index != label && index != weight)];
        return others.Length == shape.Features
            ? others
            : throw new DataFileException(
                new DataFilePlace(source.Name),
                $"the model has {shape.Features} features without names, and the file has {others.Length} columns for them: "
                + $"{DataFileException.List([.. others.Select(index => source.ColumnNames[index])])}; "
                + $"name the features by FeatureNames of the attribute, or say in Columns which are x1 to x{shape.Features}.");
    }
}
