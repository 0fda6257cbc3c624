using System.Globalization;
using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>
/// Reads the operators that make columns of inputs by name: <c>Imputer</c>, <c>OneHotEncoder</c> and <c>ArrayFeatureExtractor</c> of <c>ai.onnx.ml</c>, and
/// <c>Concat</c> and <c>Reshape</c>, which put columns together.
/// </summary>
internal static class EncodingOperators
{
    /// <summary>Reads <c>Imputer</c>. A model whose rows are arrays, without names, refuses missing values: what stands for them does not matter.</summary>
    public static GraphValue ReadImputer(OnnxNode node, GraphValue rows)
    {
        NodeAttributes attributes = new(node, "imputed_value_floats", "replaced_value_float");
        IReadOnlyList<float> values = attributes.Numbers("imputed_value_floats");
        double replaced = attributes.Number("replaced_value_float", missing: 0);
        if (!double.IsNaN(replaced))
        {
            throw new ModelFormatException(
                string.Create(CultureInfo.InvariantCulture, $"{node.Description} replaces {replaced}; what is missing must be NaN."));
        }

        int columns = rows.Named?.Count ?? (int?)rows.Input?.Columns ?? values.Count;
        if (values.Count == 0 || (values.Count != 1 && values.Count != columns))
        {
            throw new ModelFormatException($"{node.Description} has {values.Count} values for {columns} columns.");
        }

        return rows with { Named = rows.Named is { } named ? [.. named.Select((column, k) => column.Filled(values[values.Count == 1 ? 0 : k]))] : null };
    }

    /// <summary>Reads <c>OneHotEncoder</c>: of an input of one column, a column for each level.</summary>
    public static GraphValue ReadOneHot(OnnxNode node, GraphValue rows)
    {
        NodeAttributes attributes = new(node, "cats_strings", "cats_int64s", "zeros");
        IEnumerable<string> integers = attributes.Integers("cats_int64s").Select(static level => level.ToString(CultureInfo.InvariantCulture));
        bool ignoresOthers = attributes.Integer("zeros", missing: 1) != 0;
        if (rows is not { IsDeep: false, Named: [{ Scale: 1, Shift: 0, Fill: null, IsLevel: false } member] })
        {
            throw new ModelFormatException(
                $"{node.Description} must take one input of the graph, of one column, as it is: its name is that of a member of the model's rows.");
        }

        NamedColumn[] levels =
        [
            .. attributes.Texts("cats_strings").Concat(integers)
                .Select(level => new NamedColumn($"{member.Name}={level}", 1, 0, null) { IsLevel = true, IgnoresOthers = ignoresOthers }),
        ];
        return rows with { IsDeep = true, Named = levels };
    }

    /// <summary>Reads <c>Concat</c>.</summary>
    public static GraphValue ReadConcat(OnnxNode node, GraphValue[] values)
    {
        long axis = new NodeAttributes(node, "axis").Integer("axis", missing: 0);
        bool isDeep = values[0].IsDeep;
        if (Array.Exists(values, value => value.IsDeep != isDeep) || (axis != -1 && axis != (isDeep ? 2 : 1)))
        {
            throw new ModelFormatException($"{node.Description} is along axis {axis}; it must be along the columns.");
        }

        return values[0] with { Named = [.. values.SelectMany(value => Names(node, value))], Input = null };
    }

    /// <summary>Reads <c>Reshape</c>, of what an encoder makes into rows.</summary>
    public static GraphValue ReadReshape(OnnxNode node, GraphValue value, OnnxTensor sizes)
    {
        _ = new NodeAttributes(node, "allowzero");
        int columns = Names(node, value).Count;
        long[] shape = sizes.ToIntegers();
        return shape is [-1 or 0, var width] && (width == columns || (width == -1 && shape[0] == 0))
            ? value with { IsDeep = false }
            : throw new ModelFormatException(
                $"{node.Description} makes the shape [{string.Join(", ", shape)}]; it must be [-1, {columns}], rows of as many columns.");
    }

    /// <summary>Reads <c>ArrayFeatureExtractor</c>, which picks columns.</summary>
    public static GraphValue ReadExtractor(OnnxNode node, GraphValue value, OnnxTensor places)
    {
        _ = new NodeAttributes(node);
        IReadOnlyList<NamedColumn> columns = Names(node, value);
        long[] picked = places.ToIntegers();
        return Array.TrueForAll(picked, place => place >= 0 && place < columns.Count)
            ? value with { Named = [.. picked.Select(place => columns[(int)place])], Input = null }
            : throw new ModelFormatException($"{node.Description} picks the columns [{string.Join(", ", picked)}] of {columns.Count}.");
    }

    private static IReadOnlyList<NamedColumn> Names(OnnxNode node, GraphValue value) => value.Named
        ?? throw new ModelFormatException(
            $"{node.Description} takes columns without names; the graph must have an input of one column for each member of the model's rows.");
}
