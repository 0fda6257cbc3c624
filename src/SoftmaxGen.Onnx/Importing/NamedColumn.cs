namespace SoftmaxGen.Onnx.Importing;

/// <summary>A column of rows that belongs to one column of the model, <c>x</c>: <c>scale (x, or fill where x is missing) + shift</c>.</summary>
/// <param name="Name">The name of the model's column: of an input of the graph, or of a level of it, <c>Contract=OneYear</c>.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Shift">What is added.</param>
/// <param name="Fill">What stands for a missing value; null where nothing does.</param>
internal sealed record NamedColumn(string Name, double Scale, double Shift, double? Fill)
{
    /// <summary>Gets a value indicating whether an encoder made the column: it is a level, and never missing.</summary>
    public bool IsLevel { get; init; }

    /// <summary>Gets a value indicating whether the encoder makes zeros of other levels.</summary>
    public bool IgnoresOthers { get; init; }

    /// <summary>Applies a linear function.</summary>
    public NamedColumn Then(double scale, double shift) => this with { Scale = scale * Scale, Shift = (scale * Shift) + shift };

    /// <summary>Fills in what is missing, unless that is done before.</summary>
    public NamedColumn Filled(double value) => Fill is null && !IsLevel ? this with { Fill = (value - Shift) / Scale } : this;

    /// <summary>
    /// Makes a layer of a model's columns. The model has 0 in the columns of a member that is missing and 1 in <c>X?</c>: what is filled in is a weight of
    /// that. The weight of a level that an encoder does not know is 0.
    /// </summary>
    /// <exception cref="ModelFormatException">The model has no such column, or one that the graph does not know.</exception>
    public static LinearLayer Arrange(LinearLayer layer, IReadOnlyList<NamedColumn> columns, ModelShape shape)
    {
        Dictionary<string, int> indices = Enumerable.Range(0, shape.Features).ToDictionary(shape.FeatureName, StringComparer.Ordinal);
        LinearLayer arranged = new(new double[layer.Classes * shape.Features], [.. layer.Intercepts]);
        HashSet<int> known = [];
        for (int k = 0; k < columns.Count; k++)
        {
            NamedColumn column = columns[k];
            if (!indices.TryGetValue(column.Name, out int index))
            {
                throw new ModelFormatException(
                    $"The graph has the column '{column.Name}'; the model has none of that name, its first is '{shape.FeatureName(0)}'.");
            }

            FeatureGroup member = shape.FeatureGroups.FirstOrDefault(group => index >= group.First && index < group.First + group.Count);
            known.Add(index);
            if (column.IgnoresOthers)
            {
                known.UnionWith(Enumerable.Range(member.First, member.Count));
            }

            int? missing = column.Fill is not null && indices.TryGetValue((member.Name ?? column.Name) + "?", out int flag) ? flag : null;
            known.UnionWith(missing is { } filled ? [filled] : []);
            for (int j = 0; j < layer.Classes; j++)
            {
                Span<double> weights = arranged.Coefficients.AsSpan(j * shape.Features, shape.Features);
                double weight = layer.Coefficients[(j * columns.Count) + k];
                weights[index] += weight * column.Scale;
                arranged.Intercepts[j] += weight * column.Shift;
                if (missing is { } place)
                {
                    weights[place] += weight * column.Scale * column.Fill!.Value;
                }
            }
        }

        int unknown = Enumerable.Range(0, shape.Features).FirstOrDefault(index => !known.Contains(index), -1);
        return unknown < 0
            ? arranged
            : throw new ModelFormatException($"The graph has no coefficient for the column '{shape.FeatureName(unknown)}' of the model.");
    }
}
