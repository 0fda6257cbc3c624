using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Onnx.Tests.Harness;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>Files that cannot be imported, each one step away from one that can.</summary>
public class ImportErrorTests
{
    private static readonly OnnxModel _classifier = ClassifierForm.Build(Three.Shape, LinearLayer.Create(Three.Shape, Samples.Model<Three, double>().Weights));

    private static readonly OnnxModel _gemm = GemmForm.Build(Three.Shape, LinearLayer.Create(Three.Shape, Samples.Model<Three, double>().Weights));

    [Fact]
    public void The_files_one_step_away_can_be_imported()
    {
        Load<Three>(_classifier);
        Load<Three>(_gemm);
        Load<Three>(_gemm with { Graph = _gemm.Graph with { Nodes = [_gemm.Graph.Nodes[0]] } });
        Load<Three>(WithGemm(new OnnxAttribute("alpha", AttributeType.Float) { Number = 2 }));
        Load<Three>(WithClassifier(new OnnxAttribute("multi_class", AttributeType.Int)));
    }

    [Fact]
    public void Another_shape_is_refused_with_both_shapes() => AssertRefused<Digits>(
        _classifier, "The file has 3 classes x 4 features; the model has 10 classes x 64 features.");

    [Fact]
    public void Other_classes_are_refused_with_both_lists() => AssertRefused<Named>(
        WithClassifier("classlabels_strings", ["setosa", "versicolor", "virginica"]),
        "The classes are [setosa, versicolor, virginica] in the file; in the model they are [setosa, versicolor, vir\"ginica é].");

    [Fact]
    public void A_class_twice_is_refused() => AssertRefused<Named>(
        WithClassifier("classlabels_strings", ["setosa", "versicolor", "setosa"]),
        "The classes are [setosa, versicolor, setosa] in the file; in the model they are [setosa, versicolor, vir\"ginica é].");

    [Fact]
    public void Names_do_not_fit_a_model_without() => AssertRefused<Three>(
        Form<Named>(), "The classes are [setosa, versicolor, vir\"ginica é] in the file; in the model they are without names.");

    [Fact]
    public void A_file_without_names_does_not_fit_a_model_with_names() => AssertRefused<Named>(
        _gemm, "The classes are without names in the file; in the model they are [setosa, versicolor, vir\"ginica é].");

    [Fact]
    public void Other_names_of_features_are_refused() => AssertRefused<Named>(
        Form<Named>() with { Metadata = new Dictionary<string, string> { ["softmaxgen.feature_names"] = """["a","b","c","d"]""" } },
        "The features are [a, b, c, d] in the file; in the model they are [sepal length, sepal width, petal length, petal width].");

    [Theory]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Names_that_are_no_names_are_refused(string json) => AssertRefused<Named>(
        Form<Named>() with { Metadata = new Dictionary<string, string> { ["softmaxgen.feature_names"] = json } },
        "The metadata entry 'softmaxgen.feature_names' is not a JSON array of names.");

    [Fact]
    public void Another_first_label_is_refused() => AssertRefused<Three>(
        _gemm with { Metadata = new Dictionary<string, string> { ["softmaxgen.first_label"] = "1" } }, "The first label of the file is 1; that of the model is 0.");

    [Fact]
    public void Other_integer_labels_are_refused() => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("classlabels_ints", AttributeType.Ints) { Integers = [0, 2, 3] }),
        "The classes have the labels [0, 2, 3] in the file; in the model they have 0 to 2.");

    [Theory]
    [InlineData("NONE")]
    [InlineData("SOFTMAX_ZERO")]
    [InlineData("LOGISTIC")]
    public void Another_transform_is_refused(string transform) => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("post_transform", AttributeType.String) { Text = transform }),
        $"LinearClassifier 'classifier' has the transform {transform}; it must be SOFTMAX, or LOGISTIC for two classes.");

    [Fact]
    public void Two_classifiers_one_against_rest_are_refused() => AssertRefused<Two>(
        WithClassifier(
            new OnnxAttribute("post_transform", AttributeType.String) { Text = "LOGISTIC" },
            new OnnxAttribute("classlabels_ints", AttributeType.Ints) { Integers = [0, 1] },
            new OnnxAttribute("intercepts", AttributeType.Floats) { Numbers = [1, -1] },
            new OnnxAttribute("coefficients", AttributeType.Floats) { Numbers = [1, 2, 3, 4, -1, -2, -3, -5] }),
        "LinearClassifier 'classifier' has the transform LOGISTIC and two rows that are not opposite: its probabilities are no softmax.");

    [Fact]
    public void One_row_with_softmax_is_refused() => AssertRefused<Two>(
        WithClassifier(
            new OnnxAttribute("classlabels_ints", AttributeType.Ints) { Integers = [0, 1] },
            new OnnxAttribute("intercepts", AttributeType.Floats) { Numbers = [1] },
            new OnnxAttribute("coefficients", AttributeType.Floats) { Numbers = [1, 2, 3, 4] }),
        "LinearClassifier 'classifier' has one row of coefficients for two classes; with SOFTMAX it must have two.");

    [Fact]
    public void Coefficients_that_fill_no_matrix_are_refused() => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("coefficients", AttributeType.Floats) { Numbers = new float[13] }),
        "LinearClassifier 'classifier' has 13 coefficients, which is no multiple of its 3 rows.");

    [Fact]
    public void Intercepts_of_another_number_are_refused() => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("intercepts", AttributeType.Floats) { Numbers = new float[4] }),
        "LinearClassifier 'classifier' has 4 intercepts for 3 classes.");

    [Fact]
    public void A_weight_that_is_not_finite_is_refused() => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("coefficients", AttributeType.Floats) { Numbers = [.. new float[6], float.NaN, .. new float[5]] }),
        "The weight of feature x3 of class 1 is NaN in the model's precision; it must be finite.");

    [Fact]
    public void A_weight_beyond_the_precision_is_refused()
    {
        OnnxModel file =
            _gemm with { Graph = _gemm.Graph with { Initializers = [_gemm.Graph.Initializers[0], OnnxTensor.Create("intercepts", [3], [0, 1e39, 0])] } };

        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Samples.Import<ThreeSingle, float>(Bytes(file)));

        Assert.Equal("The bias of class 1 is Infinity in the model's precision; it must be finite.", exception.Message);
    }

    [Fact]
    public void An_attribute_of_another_type_is_refused() => AssertRefused<Three>(
        WithClassifier(new OnnxAttribute("coefficients", AttributeType.Ints) { Integers = [1] }),
        "The attribute 'coefficients' of LinearClassifier 'classifier' is of type 7; it must be Floats (6).");

    [Fact]
    public void An_attribute_that_is_not_known_is_refused() => AssertRefused<Three>(
        WithGemm(new OnnxAttribute("broadcast", AttributeType.Int) { Integer = 1 }), "Gemm 'scores' has the attribute 'broadcast', which is not understood.");

    [Fact]
    public void Transposed_rows_are_refused() => AssertRefused<Three>(
        WithGemm(new OnnxAttribute("transA", AttributeType.Int) { Integer = 1 }), "Gemm 'scores' transposes its rows (transA); rows must be examples.");

    [Fact]
    public void Coefficients_that_are_no_constant_are_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Initializers = [_gemm.Graph.Initializers[1]] } },
        "The input 'coefficients' of Gemm 'scores' is no initializer; coefficients and intercepts must be constants of the graph.");

    [Fact]
    public void Intercepts_that_do_not_fit_are_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Initializers = [_gemm.Graph.Initializers[0], OnnxTensor.Create("intercepts", [3, 1], new double[3])] } },
        "The intercepts of Gemm 'scores' have the dimensions [3, 1]; they must be [3] or [1, 3].");

    [Fact]
    public void A_tensor_whose_dimensions_overflow_is_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Initializers = [OnnxTensor.Create("coefficients", [1L << 32, 1L << 32], new double[12]), _gemm.Graph.Initializers[1]] } },
        "The initializer 'coefficients' has 12 elements, but its dimensions are [4294967296, 4294967296].");

    [Fact]
    public void A_tensor_of_integers_is_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Initializers = [new OnnxTensor("coefficients", ElementType.Int64, [3, 4], new byte[96]), _gemm.Graph.Initializers[1]] } },
        "The initializer 'coefficients' is of data type 7; weights must be FLOAT (1) or DOUBLE (11).");

    [Fact]
    public void Data_in_another_file_are_refused()
    {
        // Field 14 of an initializer, data_location, is EXTERNAL.
        byte[] file = Insert(Bytes(_gemm), after: "coefficients"u8, [14 << 3, 1]);

        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Samples.Import<Three, double>(file));

        Assert.Equal("The initializer 'coefficients' keeps its data in another file; save the model with the data inside.", exception.Message);
    }

    [Fact]
    public void A_softmax_along_the_rows_is_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Nodes = [_gemm.Graph.Nodes[0], _gemm.Graph.Nodes[1] with { Attributes = [new OnnxAttribute("axis", AttributeType.Int)] }] } },
        "Softmax 'softmax' is along axis 0; it must be along the classes, axis 1.");

    [Fact]
    public void A_softmax_of_probabilities_is_refused() => AssertRefused<Three>(
        WithTail(_classifier, new OnnxNode("Softmax", "", "again", ["probabilities"], ["p"], [])),
        "Softmax 'again' takes probabilities; it must take scores.");

    [Theory]
    [InlineData("Relu", "", "Relu 'odd'")]
    [InlineData("LinearClassifier", "", "LinearClassifier 'odd'")]
    [InlineData("Gemm", "com.example", "com.example.Gemm 'odd'")]
    public void An_operator_that_is_not_known_is_refused(string type, string domain, string name) => AssertRefused<Three>(
        WithTail(_gemm, new OnnxNode(type, domain, "odd", ["probabilities"], ["p"], [])),
        $"The graph has the operator {name}; what can be read is one LinearClassifier, Gemm, or MatMul with Add, and the operators that docs/onnx.md lists around it.");

    [Fact]
    public void Two_layers_are_refused() => AssertRefused<Three>(
        WithTail(_gemm, _gemm.Graph.Nodes[0] with { Name = "second", Inputs = ["scores", "coefficients"], Outputs = ["more"] }),
        "Gemm 'second' takes scores; it must take rows of features.");

    [Fact]
    public void Two_classifiers_beside_each_other_are_refused() => AssertRefused<Three>(
        WithTail(
            _gemm with { Graph = _gemm.Graph with { Nodes = [_gemm.Graph.Nodes[0]] } },
            _gemm.Graph.Nodes[0] with { Name = "second", Inputs = ["features", "coefficients"], Outputs = ["more"] }),
        "The graph has results of several classifiers; a softmax regression is one.");

    [Fact]
    public void A_name_that_is_computed_twice_is_refused() => AssertRefused<Three>(
        WithTail(_gemm, _gemm.Graph.Nodes[0] with { Name = "second" }), "Gemm 'second' computes 'scores', which is computed before.");

    [Fact]
    public void Several_probabilities_of_a_class_against_the_rest_are_refused() => AssertRefused<Three>(
        Replaced(new OnnxNode("Sigmoid", "", "odds", ["scores"], ["p"], [])),
        "Sigmoid 'odds' takes 3 scores: its probabilities, each for itself, are no softmax; it must take one.");

    [Theory]
    [InlineData("Cast", "to", 7, "Cast 'odd' casts numbers to data type 7; it must be FLOAT (1) or DOUBLE (11).")]
    [InlineData("ArgMax", "axis", 0, "ArgMax 'odd' is along axis 0; it must be along the classes, axis 1.")]
    [InlineData("LogSoftmax", "axis", 0, "LogSoftmax 'odd' is along axis 0; it must be along the classes, axis 1.")]
    [InlineData("Flatten", "axis", 0, "Flatten 'odd' is along axis 0; only axis 1 leaves the rows of a matrix as they are.")]
    public void An_operator_that_would_change_the_answer_is_refused(string type, string attribute, long value, string message) => AssertRefused<Three>(
        Replaced(new OnnxNode(type, "", "odd", ["scores"], ["p"], [new OnnxAttribute(attribute, AttributeType.Int) { Integer = value }])), message);

    [Theory]
    [InlineData("Add", "Add 'odd' takes 2 inputs that are no constants; it must take rows of features or scores alone.")]
    [InlineData("MatMul", "The input 'scores' of MatMul 'odd' is no initializer; coefficients and intercepts must be constants of the graph.")]
    public void Products_and_sums_of_what_is_computed_are_refused(string type, string message) => AssertRefused<Three>(
        Replaced(new OnnxNode(type, "", "odd", ["scores", "scores"], ["p"], [])), message);

    [Fact]
    public void A_constant_divided_by_scores_is_refused() => AssertRefused<Three>(
        Replaced(new OnnxNode("Div", "", "odd", ["intercepts", "scores"], ["p"], [])),
        "Div 'odd' divides a constant by what is computed from the features, which is not linear.");

    [Fact]
    public void Scales_of_another_number_are_refused() => AssertRefused<Three>(
        _gemm with { Graph = WithTwo(Replaced(new OnnxNode("Mul", "", "odd", ["scores", "two"], ["p"], [])).Graph) },
        "Mul 'odd' is of 2 columns, but takes 3.");

    [Fact]
    public void Labels_that_contradict_each_other_are_refused() => AssertRefused<Three>(
        WithTail(_classifier, new OnnxNode(
            "ZipMap", "ai.onnx.ml", "zip", ["probabilities"], ["z"], [new OnnxAttribute("classlabels_int64s", AttributeType.Ints) { Integers = [2, 1, 0] }])),
        "ZipMap 'zip' gives the classes other labels than the classifier.");

    [Fact]
    public void A_normalisation_that_changes_the_answer_is_refused() => AssertRefused<Three>(
        WithTail(_classifier, new OnnxNode("Normalizer", "ai.onnx.ml", "norm", ["probabilities"], ["p"], [])),
        "Normalizer 'norm' has the norm MAX; only L1 of probabilities leaves them as they are.");

    [Fact]
    public void An_empty_graph_is_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Nodes = [] } },
        "The graph has no linear operator; what can be read is one LinearClassifier, Gemm, or MatMul with Add, and the operators that docs/onnx.md lists around it.");

    [Fact]
    public void Operators_without_a_version_are_refused() => AssertRefused<Three>(
        _gemm with { Operators = [new OperatorSet("ai.onnx.ml", 1)] }, "Gemm 'scores' is of the domain '', of which the file states no version (opset_import).");

    [Fact]
    public void Rows_that_are_no_input_are_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Inputs = [] } }, "The input 'features' of Gemm 'scores' is no input of the graph, and no node before computes it.");

    [Fact]
    public void An_input_of_another_width_is_refused() => AssertRefused<Three>(
        _gemm with { Graph = _gemm.Graph with { Inputs = [FormParts.Matrix("features", ElementType.Double, 5)] } },
        "The input 'features' has 5 columns, but Gemm 'scores' has weights for 4 features.");

    [Fact]
    public void No_bytes_are_refused()
    {
        ModelFormatException exception = Assert.Throws<ModelFormatException>(static () => Samples.Import<Three, double>([]));

        Assert.Equal("The bytes are not an ONNX model: there is no graph in them.", exception.Message);
    }

    private static OnnxModel Form<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double> =>
        ClassifierForm.Build(TModel.Shape, LinearLayer.Create(TModel.Shape, Samples.Model<TModel, double>().Weights));

    private static OnnxModel WithClassifier(string labels, string[] names)
    {
        OnnxAttribute[] kept = [.. _classifier.Graph.Nodes[0].Attributes.Where(old => !old.Name.StartsWith("classlabels", StringComparison.Ordinal))];
        OnnxNode node = _classifier.Graph.Nodes[0] with { Attributes = [.. kept, new OnnxAttribute(labels, AttributeType.Strings) { Texts = names }] };
        return _classifier with { Graph = _classifier.Graph with { Nodes = [node] }, Metadata = new Dictionary<string, string>() };
    }

    // In place of the softmax behind the scores.
    private static OnnxModel Replaced(OnnxNode node) => _gemm with { Graph = _gemm.Graph with { Nodes = [_gemm.Graph.Nodes[0], node] } };

    private static OnnxGraph WithTwo(OnnxGraph graph) => graph with { Initializers = [.. graph.Initializers, OnnxTensor.Create("two", [2], [1, 2])] };

    private static OnnxModel WithClassifier(params OnnxAttribute[] attributes) => WithAttributes(_classifier, attributes);

    private static OnnxModel WithGemm(params OnnxAttribute[] attributes) => WithAttributes(_gemm, attributes);

    private static OnnxModel WithAttributes(OnnxModel model, OnnxAttribute[] attributes)
    {
        OnnxNode node = model.Graph.Nodes[0];
        OnnxAttribute[] kept = [.. node.Attributes.Where(old => attributes.All(attribute => attribute.Name != old.Name))];
        return model with { Graph = model.Graph with { Nodes = [node with { Attributes = [.. kept, .. attributes] }, .. model.Graph.Nodes.Skip(1)] } };
    }

    private static OnnxModel WithTail(OnnxModel model, OnnxNode node) => model with { Graph = model.Graph with { Nodes = [.. model.Graph.Nodes, node] } };

    private static byte[] Bytes(OnnxModel model)
    {
        using MemoryStream stream = new();
        model.ToMessage().WriteTo(stream);
        return stream.ToArray();
    }

    // Puts a field into the first initializer; the lengths of the two messages around it grow with it.
    private static byte[] Insert(byte[] file, ReadOnlySpan<byte> after, byte[] field)
    {
        int initializers = file.AsSpan().IndexOf("softmax_regression"u8);
        int place = initializers + file.AsSpan(initializers).IndexOf(after) + after.Length;
        byte[] longer = [.. file[..place], .. field, .. file[place..]];
        int graph = Array.IndexOf(file, (byte)((7 << 3) | 2)) + 1;
        int length = (file[graph] & 0x7F) | (file[graph + 1] << 7);
        longer[graph] = (byte)(0x80 | ((length + field.Length) & 0x7F));
        longer[graph + 1] = (byte)((length + field.Length) >> 7);
        int tensor = initializers + "softmax_regression"u8.Length + 1;
        longer[tensor] += (byte)field.Length;
        return longer;
    }

    private static void Load<TModel>(OnnxModel model)
        where TModel : class, ISoftmaxModel<TModel, double> => Samples.Import<TModel, double>(Bytes(model));

    private static void AssertRefused<TModel>(OnnxModel model, string message)
        where TModel : class, ISoftmaxModel<TModel, double> =>
        Assert.Equal(message, Assert.Throws<ModelFormatException>(() => Load<TModel>(model)).Message);
}
