using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>
/// Finds the one linear classifier that a graph consists of, node by node. Every node must be understood: one that is not could change the answer.
/// </summary>
internal static class GraphReader
{
    private const string RowsNeeded = "rows of features";

    private static readonly HashSet<string> _standard =
    [
        "Identity", "Cast", "Flatten", "Constant", "Add", "Sub", "Mul", "Div", "Gemm", "MatMul", "Softmax", "LogSoftmax", "Sigmoid", "ArgMax", "Concat",
        "Reshape",
    ];

    private static readonly HashSet<string> _machineLearning =
    [
        "Scaler", "Imputer", "OneHotEncoder", "ArrayFeatureExtractor", "LinearClassifier", "Normalizer", "ZipMap",
    ];

    /// <summary>Reads the graph of a model.</summary>
    /// <exception cref="ModelFormatException">The graph is not that of a linear classifier with a softmax.</exception>
    public static ImportedClassifier Read(OnnxModel model)
    {
        OnnxGraph graph = model.Graph;
        OnnxNode? unknown = graph.Nodes.FirstOrDefault(static node => !IsKnown(node));
        if (unknown is not null || !graph.Nodes.Any(IsLinear))
        {
            throw new ModelFormatException(
                $"The graph has {(unknown is null ? "no linear operator" : $"the operator {Qualified(unknown)}")}; " +
                "what can be read is one LinearClassifier, Gemm, or MatMul with Add, and the operators that docs/onnx.md lists around it.");
        }

        CheckDomains(model);
        var scope = new GraphScope(graph);
        foreach (OnnxNode node in graph.Nodes)
        {
            Read(scope, node);
        }

        return Result(graph, scope);
    }

    private static void Read(GraphScope scope, OnnxNode node)
    {
        switch (node.Operator)
        {
            case "Constant":
                scope.Define(node, ReadConstant(node));
                break;
            case "Identity" or "Cast" when scope.IsConstant(node, 0):
                scope.Define(node, scope.Constant(node, 0));
                break;
            case "LinearClassifier":
                ReadClassifier(scope, node);
                break;
            default:
                scope.Define(node, ReadValue(scope, node));
                break;
        }
    }

    // LinearClassifier, Gemm and MatMul make scores of rows, so that there cannot be two of them one after the other.
    private static GraphValue ReadValue(GraphScope scope, OnnxNode node) => node.Operator switch
    {
        "Identity" => scope.Take(node, "one value"),
        "Cast" => ReadCast(node, scope.Take(node, "one value")),
        "Flatten" => ReadFlatten(node, scope.Take(node, "a matrix")),
        "Scaler" => ColumnOperators.Apply(node, ColumnOperators.ReadScaler(node), TakeRows(scope, node)),
        "Imputer" => EncodingOperators.ReadImputer(node, TakeRows(scope, node)),
        "OneHotEncoder" => EncodingOperators.ReadOneHot(node, TakeRows(scope, node)),
        "ArrayFeatureExtractor" => EncodingOperators.ReadExtractor(node, TakeRows(scope, node), scope.Constant(node, 1)),
        "Concat" => EncodingOperators.ReadConcat(node, scope.TakeAll(node, RowsNeeded, ValueKind.Rows)),
        "Reshape" => EncodingOperators.ReadReshape(node, TakeRows(scope, node), scope.Constant(node, 1)),
        "Add" or "Sub" or "Mul" or "Div" => ReadArithmetic(scope, node),
        "Gemm" => ReadScores(scope, node, LinearReader.ReadGemm(scope, node)),
        "MatMul" => ReadScores(scope, node, LinearReader.ReadMatMul(scope, node)),
        "Softmax" or "LogSoftmax" => ResultOperators.ReadSoftmax(node, scope.Take(node, "scores", ValueKind.Scores)),
        "Sigmoid" => ResultOperators.ReadSigmoid(node, scope.Take(node, "scores", ValueKind.Scores)),
        "ArgMax" => ResultOperators.ReadArgMax(
            node, scope.Take(node, "scores or probabilities", ValueKind.Scores, ValueKind.Probabilities, ValueKind.LogProbabilities)),
        "Normalizer" => ResultOperators.ReadNormalizer(node, scope.Take(node, "probabilities")),
        _ => ResultOperators.ReadZipMap(node, scope.Take(node, "probabilities", ValueKind.Probabilities)),
    };

    private static GraphValue TakeRows(GraphScope scope, OnnxNode node) => scope.Take(node, RowsNeeded, ValueKind.Rows);

    private static OnnxTensor ReadConstant(OnnxNode node) => new NodeAttributes(node, "value").Tensor("value")
        ?? throw new ModelFormatException($"{node.Description} has no value.");

    private static bool IsKnown(OnnxNode node) => node.Domain switch
    {
        "" or "ai.onnx" => _standard.Contains(node.Operator),
        OperatorSet.MachineLearning => _machineLearning.Contains(node.Operator),
        _ => false,
    };

    private static bool IsLinear(OnnxNode node) => node.Operator is "Gemm" or "MatMul" or "LinearClassifier";

    private static string Qualified(OnnxNode node) => node.Domain.Length == 0 ? node.Description : $"{node.Domain}.{node.Description}";

    // Operators are defined by domain and version: a file that states no version of a domain says nothing, and one cut off may not.
    private static void CheckDomains(OnnxModel model)
    {
        HashSet<string> stated = [.. model.Operators.Select(static set => Canonical(set.Domain))];
        OnnxNode? undefined = model.Graph.Nodes.FirstOrDefault(node => !stated.Contains(Canonical(node.Domain)));
        if (undefined is not null)
        {
            throw new ModelFormatException(
                $"{Qualified(undefined)} is of the domain '{undefined.Domain}', of which the file states no version (opset_import).");
        }

        static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
    }

    // A cast to integers would cut digits off; one of labels changes their type alone.
    private static GraphValue ReadCast(OnnxNode node, GraphValue value)
    {
        var type = (ElementType)new NodeAttributes(node, "to", "saturate").Integer("to", missing: 0);
        return value.Kind == ValueKind.Label || type is ElementType.Float or ElementType.Double
            ? value
            : throw new ModelFormatException($"{node.Description} casts numbers to data type {(int)type}; it must be FLOAT (1) or DOUBLE (11).");
    }

    private static GraphValue ReadFlatten(OnnxNode node, GraphValue value)
    {
        long axis = new NodeAttributes(node, "axis").Integer("axis", missing: 1);
        return axis == 1 || (axis == -1 && !value.IsDeep)
            ? value with { IsDeep = false }
            : throw new ModelFormatException($"{node.Description} is along axis {axis}; only axis 1 leaves the rows of a matrix as they are.");
    }

    private static GraphValue ReadArithmetic(GraphScope scope, OnnxNode node)
    {
        bool isFirst = scope.IsConstant(node, 0);
        GraphValue value = scope.Take(node, "rows of features or scores", ValueKind.Rows, ValueKind.Scores);
        if (node.Inputs.Count != 2)
        {
            throw new ModelFormatException($"{node.Description} has {node.Inputs.Count} inputs; it must have two.");
        }

        ColumnMap map = ColumnOperators.ReadArithmetic(node, scope.Constant(node, isFirst ? 0 : 1), isFirst);
        return ColumnOperators.Apply(node, map, value);
    }

    private static void ReadClassifier(GraphScope scope, OnnxNode node)
    {
        ImportedClassifier classifier = LinearClassifierReader.Read(node);
        GraphValue rows = TakeRows(scope, node);
        classifier = classifier with { Layer = OfRows(node, rows, classifier.Layer), Columns = rows.Named };
        scope.Define(node, new GraphValue(ValueKind.Label) { Classifier = classifier });
        scope.Define(node, new GraphValue(ValueKind.Probabilities) { Classifier = classifier }, output: 1);
    }

    private static GraphValue ReadScores(GraphScope scope, OnnxNode node, LinearLayer layer)
    {
        GraphValue rows = TakeRows(scope, node);
        var classifier = new ImportedClassifier(OfRows(node, rows, layer), [], []) { Columns = rows.Named };
        return new GraphValue(ValueKind.Scores) { Classifier = classifier };
    }

    // What was done to the columns before is done to the coefficients instead.
    private static LinearLayer OfRows(OnnxNode node, GraphValue rows, LinearLayer layer)
    {
        if (rows.IsDeep)
        {
            throw new ModelFormatException($"{node.Description} takes columns along a third axis; Flatten or Reshape must make rows of them before.");
        }

        if (rows.Named is { } named)
        {
            return named.Count == layer.Features ? layer : throw new ModelFormatException(
                $"{node.Description} has weights for {layer.Features} features, but the columns before it are {named.Count}.");
        }

        if (rows.Input is { Columns: { } columns } input && columns != layer.Features)
        {
            throw new ModelFormatException(
                $"The input '{input.Name}' has {columns} columns, but {node.Description} has weights for {layer.Features} features.");
        }

        return rows.Columns switch
        {
            null => layer,
            { Count: > 1 } map when map.Count != layer.Features => throw new ModelFormatException(
                $"{node.Description} has weights for {layer.Features} features, but the columns before it are {map.Count}."),
            var map => layer.After(map),
        };
    }

    // Probabilities are what a model is asked for; scores are taken for those of a softmax where there are none, and labels say least.
    private static ImportedClassifier Result(OnnxGraph graph, GraphScope scope)
    {
        GraphValue[] results = [.. scope.Results.Where(static value => value.Kind != ValueKind.Rows)];
        ValueKind[][] ranks =
        [
            [ValueKind.Probabilities, ValueKind.LogProbabilities, ValueKind.SecondProbability, ValueKind.Dictionary], [ValueKind.Scores], [ValueKind.Label],
        ];
        GraphValue[] best = ranks.Select(kinds => results.Where(value => kinds.Contains(value.Kind)).ToArray())
            .FirstOrDefault(static values => values.Length > 0)
            ?? throw new ModelFormatException("The graph has no result.");
        ImportedClassifier classifier = best.Select(static value => value.Classifier!).OrderByDescending(static one => one.HasLabels).First();
        if (best.Any(value => value.Classifier!.Layer != classifier.Layer))
        {
            throw new ModelFormatException("The graph has results of several classifiers; a softmax regression is one.");
        }

        return classifier.Layer.Classes == 1
            ? throw new ModelFormatException(
                $"{graph.Nodes.Last(IsLinear).Description} has one score, and no Sigmoid that would say that it is of the second of two classes.")
            : classifier;
    }
}
