using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>
/// Reads the operators that do something to each column for itself: <c>Scaler</c> of <c>ai.onnx.ml</c>, which a converted <c>StandardScaler</c> is, and
/// <c>Add</c>, <c>Sub</c>, <c>Mul</c> and <c>Div</c> with a constant.
/// </summary>
internal static class ColumnOperators
{
    /// <summary>Reads <c>Scaler</c>, <c>(x - offset) scale</c>.</summary>
    public static ColumnMap ReadScaler(OnnxNode node)
    {
        NodeAttributes attributes = new(node, "offset", "scale");
        double[] offsets = [.. attributes.Numbers("offset").Select(static x => (double)x)];
        double[] scales = [.. attributes.Numbers("scale").Select(static x => (double)x)];
        if (offsets.Length == 0 || scales.Length == 0 || (offsets.Length != scales.Length && offsets.Length != 1 && scales.Length != 1))
        {
            throw new ModelFormatException(
                $"{node.Description} has {offsets.Length} offsets and {scales.Length} scales; it must have one of each for every feature, or for all.");
        }

        return new ColumnMap([1], Array.ConvertAll(offsets, static x => -x)).Then(new ColumnMap(scales, [0]));
    }

    /// <summary>Reads an operation with a constant.</summary>
    /// <param name="node">The node.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="isFirst">Whether the constant is the first operand.</param>
    public static ColumnMap ReadArithmetic(OnnxNode node, OnnxTensor constant, bool isFirst)
    {
        _ = new NodeAttributes(node);
        double[] values = constant.ToDoubles();
        if (values.Length == 0 || constant.Dimensions is not ([] or [_] or [1, _]))
        {
            throw new ModelFormatException(
                $"The constant of {node.Description} has the dimensions [{string.Join(", ", constant.Dimensions)}]; it must have one element for each column, "
                + "or one for all.");
        }

        return (node.Operator, isFirst) switch
        {
            ("Add", _) => new ColumnMap([1], values),
            ("Mul", _) => new ColumnMap(values, [0]),
            ("Sub", false) => new ColumnMap([1], Array.ConvertAll(values, static x => -x)),
            ("Sub", true) => new ColumnMap([-1], values),
            ("Div", false) => new ColumnMap(Array.ConvertAll(values, static x => 1 / x), [0]),
            _ => throw new ModelFormatException($"{node.Description} divides a constant by what is computed from the features, which is not linear."),
        };
    }

    /// <summary>Applies a map to rows or to scores.</summary>
    public static GraphValue Apply(OnnxNode node, ColumnMap map, GraphValue value)
    {
        int columns = value.Classifier?.Layer.Classes ?? value.Named?.Count ?? value.Columns?.Count ?? 1;
        if (map.Count > 1 && columns > 1 && map.Count != columns)
        {
            throw new ModelFormatException($"{node.Description} is of {map.Count} columns, but takes {columns}.");
        }

        if (value.Named is { } named && map.Count <= columns)
        {
            return value with { Named = [.. named.Select((column, k) => column.Then(map.Scale(k), map.Shift(k)))] };
        }

        if (value is { Classifier: null, Named: null })
        {
            return value with { Columns = value.Columns is null ? map : value.Columns.Then(map) };
        }

        return map.Count > columns || value.Classifier is not { } classifier
            ? throw new ModelFormatException($"{node.Description} is of {map.Count} columns, but takes {columns}.")
            : value with { Classifier = classifier with { Layer = classifier.Layer.Then(map) } };
    }
}
