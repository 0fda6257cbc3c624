using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>
/// Reads the operators <c>Gemm</c>, <c>alpha A B + beta C</c> with <c>A</c> the rows, <c>B</c> the coefficients and <c>C</c> the intercepts, and <c>MatMul</c>,
/// <c>A B</c>.
/// </summary>
internal static class LinearReader
{
    /// <summary>Reads <c>Gemm</c>.</summary>
    /// <exception cref="ModelFormatException">It does not multiply rows by constant coefficients.</exception>
    public static LinearLayer ReadGemm(GraphScope scope, OnnxNode node)
    {
        NodeAttributes attributes = new(node, "alpha", "beta", "transA", "transB");
        if (attributes.Integer("transA", missing: 0) != 0)
        {
            throw new ModelFormatException($"{node.Description} transposes its rows (transA); rows must be examples.");
        }

        if (node.Inputs.Count is not (2 or 3))
        {
            throw new ModelFormatException($"{node.Description} has {node.Inputs.Count} inputs; it must have two or three.");
        }

        double[] coefficients = ReadCoefficients(
            scope.Constant(node, 1), node, attributes.Number("alpha", missing: 1),
            isTransposed: attributes.Integer("transB", missing: 0) != 0, out int classes);
        double[] intercepts = new double[classes];
        if (node.Inputs is [_, _, { Length: > 0 }])
        {
            ReadIntercepts(node, scope.Constant(node, 2), attributes.Number("beta", missing: 1), intercepts);
        }

        return new LinearLayer(coefficients, intercepts);
    }

    /// <summary>Reads <c>MatMul</c>.</summary>
    /// <exception cref="ModelFormatException">It does not multiply rows by constant coefficients.</exception>
    public static LinearLayer ReadMatMul(GraphScope scope, OnnxNode node)
    {
        _ = new NodeAttributes(node);
        if (node.Inputs.Count != 2)
        {
            throw new ModelFormatException($"{node.Description} has {node.Inputs.Count} inputs; it must have two.");
        }

        double[] coefficients = ReadCoefficients(scope.Constant(node, 1), node, factor: 1, isTransposed: false, out int classes);
        return new LinearLayer(coefficients, new double[classes]);
    }

    // Classes x features, as transB has them already.
    private static double[] ReadCoefficients(OnnxTensor tensor, OnnxNode node, double factor, bool isTransposed, out int classes)
    {
        double[] values = tensor.ToDoubles();
        if (tensor.Dimensions is not [> 0, > 0])
        {
            throw new ModelFormatException(
                $"The coefficients of {node.Description} have the dimensions [{string.Join(", ", tensor.Dimensions)}]; they must be a matrix.");
        }

        // The sizes are those of an array that exists.
        int rows = (int)tensor.Dimensions[0];
        int columns = (int)tensor.Dimensions[1];
        classes = isTransposed ? rows : columns;
        double[] coefficients = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = int.DivRem(i, columns);
            coefficients[isTransposed ? i : (column * rows) + row] = factor * values[i];
        }

        return coefficients;
    }

    // One for each class, or one for all: what else the operator would stretch to rows x classes, rows know at run time alone.
    private static void ReadIntercepts(OnnxNode node, OnnxTensor tensor, double beta, double[] intercepts)
    {
        double[] values = tensor.ToDoubles();
        bool isRow = tensor.Dimensions is [] or [_] or [1, _] && (values.Length == intercepts.Length || values.Length == 1);
        if (!isRow)
        {
            throw new ModelFormatException(
                $"The intercepts of {node.Description} have the dimensions [{string.Join(", ", tensor.Dimensions)}]; "
                + $"they must be [{intercepts.Length}] or [1, {intercepts.Length}].");
        }

        for (int j = 0; j < intercepts.Length; j++)
        {
            intercepts[j] = beta * values[values.Length == 1 ? 0 : j];
        }
    }
}
