using System.Globalization;
using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Exporting;

/// <summary>The graph of <see cref="OnnxForm.Classifier"/>.</summary>
internal static class ClassifierForm
{
    private const string Label = "label";

    /// <summary>Builds the file.</summary>
    /// <exception cref="ArgumentException">A weight is beyond the range of <see cref="float"/>.</exception>
    public static OnnxModel Build(ModelShape shape, LinearLayer layer)
    {
        OnnxNode classifier = new(
            "LinearClassifier",
            OperatorSet.MachineLearning,
            "classifier",
            [FormParts.Features],
            [Label, FormParts.Probabilities],
            [
                new OnnxAttribute("coefficients", AttributeType.Floats) { Numbers = ToSingles(layer.Coefficients, "weight") },
                new OnnxAttribute("intercepts", AttributeType.Floats) { Numbers = ToSingles(layer.Intercepts, "bias") },
                Labels(shape),
                new OnnxAttribute("multi_class", AttributeType.Int) { Integer = 1 },
                new OnnxAttribute("post_transform", AttributeType.String) { Text = "SOFTMAX" },
            ]);
        OnnxGraph graph = new(
            [classifier],
            "softmax_regression",
            [],
            [FormParts.Matrix(FormParts.Features, ElementType.Float, shape.Features)],
            [
                new OnnxValue(Label, shape.ClassNames.Count == 0 ? ElementType.Int64 : ElementType.String, [null]),
                FormParts.Matrix(FormParts.Probabilities, ElementType.Float, shape.Classes),
            ]);
        return FormParts.Model(shape, graph, new OperatorSet(OperatorSet.MachineLearning, 1));
    }

    private static OnnxAttribute Labels(ModelShape shape) => shape.ClassNames.Count == 0
        ? new OnnxAttribute("classlabels_ints", AttributeType.Ints)
        {
            Integers = [.. Enumerable.Range(0, shape.Classes).Select(j => (long)shape.Label(j))],
        }
        : new OnnxAttribute("classlabels_strings", AttributeType.Strings) { Texts = shape.ClassNames };

    private static float[] ToSingles(double[] values, string name)
    {
        int tooLarge = Array.FindIndex(values, static value => !float.IsFinite((float)value));
        return tooLarge < 0
            ? Array.ConvertAll(values, static value => (float)value)
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A {name} is {values[tooLarge]:R}, beyond the range of float, which LinearClassifier computes in; export as Gemm."));
    }
}
