using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Onnx.Tests.Harness;
using static SoftmaxGen.Onnx.Tests.Importing.EncodedGraph;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>Imputers, scalers and encoders before a classifier are folded into the weights of the model's columns, or refused with a reason.</summary>
public class EncoderTests
{
    /// <summary>Gets a node to put in place of one of the graph, and what the message must say.</summary>
    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "imputer: replaces", "Imputer 'imputer' replaces 0; what is missing must be NaN." },
        { "imputer: values", "Imputer 'imputer' has 3 values for 2 columns." },
        { "scaler: width", "Scaler 'scaler' is of 3 columns, but takes 2." },
        { "country: level", "The graph has the column 'Country=IT'; the model has none of that name, its first is 'Charges'." },
        { "country: others", "The graph has no coefficient for the column 'Country?' of the model." },
        { "country: numbers", "OneHotEncoder 'country' must take one input of the graph, of one column, as it is" },
        { "drop: place", "ArrayFeatureExtractor 'drop' picks the columns [3] of 3." },
        { "levels: axis", "Concat 'levels' is along axis 1; it must be along the columns." },
        { "flat: sizes", "Reshape 'flat' makes the shape [-1, 5]; it must be [-1, 4], rows of as many columns." },
        { "flat: integers", "The initializer 'numbers of floats' is of data type 11; it must be INT64 (7), with its data in the file." },
        { "all: deep", "Concat 'all' is along axis -1; it must be along the columns." },
        { "all: missing", "LinearClassifier 'classifier' has weights for 6 features, but the columns before it are 4." },
        { "classifier: deep", "LinearClassifier 'classifier' takes columns along a third axis; Flatten or Reshape must make rows of them before." },
    };

    [Fact]
    public void What_is_before_the_classifier_is_folded_into_the_columns_of_the_model()
    {
        TenantModel model = Load(Nodes, Inputs);

        Assert.Equal(
            ["Charges", "Charges?", "Tariff=Monthly", "Tariff=OneYear", "Tariff=TwoYears", "Country=DE", "Country=FR", "Country?", "Tenure"],
            TenantModel.Shape.FeatureNames);

        // (Tenure - 10) / 2 has the weight 1, (Charges - 40) / 4 the weight 2; blanks are 50.
        double[] second = [7 - 5 - 20, 0.5, 25, 0, 5, 6, 4, 3, 0, 0.5];
        Assert.Equal([.. second.Select(static weight => -weight), .. second], model.Weights.ToArray());
    }

    [Fact]
    public void An_imputer_of_all_features_leaves_a_model_that_refuses_blanks_as_it_is()
    {
        OnnxNode imputer = Learning("Imputer", "", ["x"], "filled", Numbers("imputed_value_floats", 1, 2, 3, 4), Number("replaced_value_float", float.NaN));
        OnnxNode classifier = Learning(
            "LinearClassifier",
            "",
            ["filled"],
            "label",
            Numbers("coefficients", 1, 2, 3, 4, 5, 6, 7, 8),
            Numbers("intercepts", 9, 10),
            new OnnxAttribute("classlabels_ints", AttributeType.Ints) { Integers = [0, 1] },
            new OnnxAttribute("post_transform", AttributeType.String) { Text = "SOFTMAX" }) with { Outputs = ["label", "probabilities"] };

        Two model = Load<Two>([imputer, classifier], [FormParts.Matrix("x", ElementType.Float, 4)]);

        Assert.Equal([9.0, 1, 2, 3, 4, 10, 5, 6, 7, 8], model.Weights.ToArray());
        Assert.Contains(
            "Imputer has 4 values for 5 columns.",
            Assert.Throws<ModelFormatException>(() => Load<Two>([imputer, classifier], [FormParts.Matrix("x", ElementType.Float, 5)])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_without_names_cannot_be_put_together() => Assert.Contains(
        "Concat 'numbers' takes columns without names; the graph must have an input of one column for each member of the model's rows.",
        Assert.Throws<ModelFormatException>(() => Load(Nodes, [FormParts.Matrix("Tenure", ElementType.Float, 2), .. Inputs.Skip(1)])).Message,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_fit_is_refused_with_its_reason(string mistake, string message)
    {
        string[] parts = mistake.Split(": ");
        OnnxNode[] nodes = [.. Nodes.Select(node => node.Name == parts[0] ? Mistaken(node, parts[1]) : node)];

        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Load(nodes, Inputs));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static OnnxNode Mistaken(OnnxNode node, string mistake) => mistake switch
    {
        "replaces" => node with { Attributes = [node.Attributes[0]] },
        "values" => node with { Attributes = [Numbers("imputed_value_floats", 1, 2, 3), node.Attributes[1]] },
        "width" => node with { Attributes = [Numbers("offset", 1, 2, 3), Numbers("scale", 1)] },
        "level" => node with { Attributes = [Texts("cats_strings", "FR", "IT")] },
        "others" => node with { Attributes = [node.Attributes[0], Whole("zeros", 0)] },
        "numbers" => node with { Inputs = ["scaled"] },
        "place" => node with { Inputs = ["tariffs", "beyond"] },
        "axis" => node with { Attributes = [Whole("axis", 1)] },
        "sizes" => node with { Inputs = ["deep", "wide"] },
        "integers" => node with { Inputs = ["deep", "numbers of floats"] },
        "deep" when node.Operator == "Concat" => node with { Inputs = ["scaled", "deep"] },
        "missing" => node with { Inputs = ["levels"] },
        _ => node with { Inputs = ["deep"] },
    };

    private static TenantModel Load(OnnxNode[] nodes, OnnxValue[] inputs) => Load<TenantModel>(nodes, inputs);

    private static TModel Load<TModel>(OnnxNode[] nodes, OnnxValue[] inputs)
        where TModel : class, ISoftmaxModel<TModel, double> => Samples.Import<TModel, double>(EncodedGraph.Write(nodes, inputs));
}
