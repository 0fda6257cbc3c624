using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>Builds graphs as converters and training frameworks write them: the same classifier in any of its forms, by chance.</summary>
internal sealed class WildGraph(Random random, int classes, int features, bool hasDouble)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];
    private int _names;

    /// <summary>Gets the value that the graph computes last but labels.</summary>
    public string Result { get; private set; } = "features";

    /// <summary>Gets the labels in the order of the graph, where it names them; else empty.</summary>
    public long[] Labels { get; private set; } = [];

    /// <summary>Gets the operator that makes the result.</summary>
    public string Last => _nodes.Last(node => node.Outputs.Contains(Result)).Operator;

    /// <summary>Builds a graph.</summary>
    public OnnxModel Build()
    {
        AddScaling();
        Pass();
        if (random.Next(3) == 0)
        {
            AddClassifier();
        }
        else
        {
            AddLinearLayer();
        }

        if (random.Next(2) == 0 && classes > 1 && Last is not "Sigmoid" and not "LogSoftmax")
        {
            string result = Result;
            Add("ArgMax", Whole("axis", random.Next(2) == 0 ? 1 : -1), Whole("keepdims", random.Next(2)));
            Result = result;
        }

        if (Last is "Softmax" or "LinearClassifier" or "Normalizer" && random.Next(2) == 0)
        {
            Labels = Labels.Length > 0 ? Labels : Shuffled();
            AddLearning("ZipMap", new OnnxAttribute("classlabels_int64s", AttributeType.Ints) { Integers = Labels });
        }

        OnnxGraph graph = new(
            _nodes,
            "wild",
            _initializers,
            [FormParts.Matrix("features", hasDouble ? ElementType.Double : ElementType.Float, features)],
            [FormParts.Matrix(Result, hasDouble ? ElementType.Double : ElementType.Float, Math.Max(classes, 1))]);
        return new OnnxModel(7, [new OperatorSet("", 13), new OperatorSet("ai.onnx.ml", 1)], "", graph, new Dictionary<string, string>());
    }

    private void AddScaling()
    {
        switch (random.Next(4))
        {
            case 0:
                AddLearning("Scaler", Numbers("offset", random.Next(2) == 0 ? features : 1), Numbers("scale", random.Next(2) == 0 ? features : 1));
                break;
            case 1:
                Add("Sub", Constant([features], features));
                Pass();
                Add("Div", Constant([1, features], features));
                break;
            case 2:
                Add("Mul", Constant([], 1));
                break;
        }
    }

    private void AddClassifier()
    {
        int rows = classes == 1 ? 1 : classes;
        Labels = Shuffled();
        AddLearning(
            "LinearClassifier",
            Numbers("coefficients", rows * features),
            Numbers("intercepts", rows),
            new OnnxAttribute("classlabels_ints", AttributeType.Ints) { Integers = Labels },
            new OnnxAttribute("post_transform", AttributeType.String) { Text = rows == 1 ? "LOGISTIC" : "SOFTMAX" });
        Pass();
        if (random.Next(2) == 0)
        {
            AddLearning("Normalizer", new OnnxAttribute("norm", AttributeType.String) { Text = "L1" });
        }
    }

    private void AddLinearLayer()
    {
        bool isTransposed = random.Next(2) == 0;
        switch (random.Next(3))
        {
            case 0:
                string matrix = Constant(isTransposed ? [classes, features] : [features, classes], classes * features);
                Add("Gemm", [Result, matrix, Constant([classes], classes)], Whole("transB", isTransposed ? 1 : 0));
                break;
            case 1:
                Add("MatMul", Constant([features, classes], classes * features));
                break;
            default:
                Add("MatMul", Constant([features, classes], classes * features));
                Pass();
                string intercepts = Constant(random.Next(2) == 0 ? [classes] : [1, classes], classes);
                Add("Add", random.Next(2) == 0 ? [Result, intercepts] : [intercepts, Result]);
                break;
        }

        Pass();
        if (random.Next(4) == 0)
        {
            Add("Mul", Constant([1], 1));
        }

        string type = classes == 1 ? "Sigmoid" : random.Next(3) switch { 0 => "Softmax", 1 => "LogSoftmax", _ => "" };
        if (type.Length > 0)
        {
            Add(type, type == "Sigmoid" || random.Next(3) == 0 ? [] : [Whole("axis", random.Next(2) == 0 ? 1 : -1)]);
            Pass();
        }
    }

    // What changes no number.
    private void Pass()
    {
        switch (random.Next(5))
        {
            case 0:
                Add("Identity");
                break;
            case 1:
                Add("Cast", Whole("to", hasDouble ? 11 : 1));
                break;
            case 2:
                Add("Flatten", Whole("axis", 1));
                break;
        }
    }

    private long[] Shuffled()
    {
        long[] labels = [.. Enumerable.Range(0, Math.Max(classes, 2)).Select(static j => (long)j)];
        random.Shuffle(labels);
        return labels;
    }

    private string Constant(long[] dimensions, int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)Number())];
        string name = Next();
        OnnxTensor tensor = OnnxTensor.Create(name, dimensions, values);
        if (random.Next(3) == 0)
        {
            _nodes.Add(new OnnxNode("Constant", "", "", [], [name], [new OnnxAttribute("value", AttributeType.Tensor) { Tensor = tensor }]));
        }
        else
        {
            _initializers.Add(tensor);
        }

        if (random.Next(4) == 0)
        {
            _nodes.Add(new OnnxNode("Identity", "", "", [name], [Next()], []));
            return _nodes[^1].Outputs[0];
        }

        return name;
    }

    // From 0.5 to 2 or the opposite, so that nothing is divided by 0.
    private float Number() => (random.Next(2) == 0 ? -1 : 1) * (0.5f + (1.5f * random.NextSingle()));

    private OnnxAttribute Numbers(string name, int count) =>
        new(name, AttributeType.Floats) { Numbers = [.. Enumerable.Range(0, count).Select(_ => Number())] };

    private static OnnxAttribute Whole(string name, long value) => new(name, AttributeType.Int) { Integer = value };

    private string Next() => $"v{_names++}";

    private void Add(string type, params OnnxAttribute[] attributes) => Add(type, "", [Result], [Next()], attributes);

    private void Add(string type, string constant) => Add(type, "", [Result, constant], [Next()], []);

    private void Add(string type, string[] inputs, params OnnxAttribute[] attributes) => Add(type, "", inputs, [Next()], attributes);

    private void AddLearning(string type, params OnnxAttribute[] attributes) =>
        Add(type, OperatorSet.MachineLearning, [Result], type == "LinearClassifier" ? [Next(), Next()] : [Next()], attributes);

    private void Add(string type, string domain, string[] inputs, string[] outputs, OnnxAttribute[] attributes)
    {
        _nodes.Add(new OnnxNode(type, domain, $"node{_nodes.Count}", inputs, outputs, attributes));
        Result = outputs[^1];
    }
}
