using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>
/// The graph of a pipeline as converters write a <c>ColumnTransformer</c> of scikit-learn and what follows it, for the rows of <see cref="Tenant"/>.
/// </summary>
internal static class EncodedGraph
{
    /// <summary>Gets the inputs, the members of <see cref="Tenant"/>.</summary>
    public static OnnxValue[] Inputs { get; } =
    [
        FormParts.Matrix("Tenure", ElementType.Float, 1),
        FormParts.Matrix("Charges", ElementType.Float, 1),
        FormParts.Matrix("Country", ElementType.String, 1),
        FormParts.Matrix("Tariff", ElementType.String, 1),
    ];

    /// <summary>Gets the nodes: numbers put together, filled in and scaled; categories along an axis of their own, the first of one dropped.</summary>
    public static OnnxNode[] Nodes { get; } =
    [
        new("Concat", "", "numbers", ["Tenure", "Charges"], ["numbers"], [Whole("axis", 1)]),
        Learning("Imputer", "imputer", ["numbers"], "filled", Numbers("imputed_value_floats", 20, 50), Number("replaced_value_float", float.NaN)),
        Learning("Scaler", "scaler", ["filled"], "scaled", Numbers("offset", 10, 40), Numbers("scale", 0.5f, 0.25f)),
        Learning("OneHotEncoder", "country", ["Country"], "countries", Texts("cats_strings", "FR", "DE"), Whole("zeros", 1)),
        Learning("OneHotEncoder", "tariff", ["Tariff"], "tariffs", Texts("cats_strings", "Monthly", "OneYear", "TwoYears"), Whole("zeros", 1)),
        Learning("ArrayFeatureExtractor", "drop", ["tariffs", "kept"], "changed"),
        new("Concat", "", "levels", ["countries", "changed"], ["deep"], [Whole("axis", 2)]),
        new("Reshape", "", "flat", ["deep", "sizes"], ["levels"], []),
        new("Concat", "", "all", ["scaled", "levels"], ["rows"], [Whole("axis", -1)]),
        Learning(
            "LinearClassifier",
            "classifier",
            ["rows"],
            "label",
            Numbers("coefficients", -1, -2, -3, -4, -5, -6, 1, 2, 3, 4, 5, 6),
            Numbers("intercepts", -7, 7),
            Texts("classlabels_strings", "No", "Yes"),
            new OnnxAttribute("post_transform", AttributeType.String) { Text = "SOFTMAX" }) with { Outputs = ["label", "probabilities"] },
    ];

    /// <summary>Writes a file.</summary>
    public static byte[] Write(OnnxNode[] nodes, OnnxValue[] inputs)
    {
        OnnxTensor[] constants =
        [
            Integers("kept", [2], 1, 2),
            Integers("beyond", [1], 3),
            Integers("sizes", [2], -1, 4),
            Integers("wide", [2], -1, 5),
            OnnxTensor.Create("numbers of floats", [2], [-1, 4]),
        ];
        OnnxValue[] outputs = [new("label", ElementType.String, [null]), FormParts.Matrix("probabilities", ElementType.Float, 2)];
        OnnxGraph graph = new(nodes, "pipeline", constants, inputs, outputs);
        OnnxModel model = new(7, [new OperatorSet("", 13), new OperatorSet("ai.onnx.ml", 1)], "", graph, new Dictionary<string, string>());
        using MemoryStream stream = new();
        model.ToMessage().WriteTo(stream);
        return stream.ToArray();
    }

    public static OnnxTensor Integers(string name, long[] dimensions, params long[] values) =>
        new(name, ElementType.Int64, dimensions, values.SelectMany(BitConverter.GetBytes).ToArray());

    public static OnnxNode Learning(string type, string name, string[] inputs, string output, params OnnxAttribute[] attributes) =>
        new(type, "ai.onnx.ml", name, inputs, [output], attributes);

    public static OnnxAttribute Whole(string name, long value) => new(name, AttributeType.Int) { Integer = value };

    public static OnnxAttribute Number(string name, float value) => new(name, AttributeType.Float) { Number = value };

    public static OnnxAttribute Numbers(string name, params float[] values) => new(name, AttributeType.Floats) { Numbers = values };

    public static OnnxAttribute Texts(string name, params string[] values) => new(name, AttributeType.Strings) { Texts = values };
}
