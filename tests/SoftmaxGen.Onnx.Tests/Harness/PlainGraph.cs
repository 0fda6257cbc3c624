using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Tests.Harness;

/// <summary>Computes what a graph says on one row, operator by operator in double precision, as the definitions of the operators have it.</summary>
internal sealed class PlainGraph(OnnxGraph graph)
{
    /// <summary>Computes every value that is a vector; of a <c>ZipMap</c> the probabilities, in the order of its labels.</summary>
    public Dictionary<string, double[]> Run(double[] row)
    {
        Dictionary<string, double[]> values = graph.Initializers.ToDictionary(static tensor => tensor.Name, static tensor => tensor.ToDoubles());
        Dictionary<string, OnnxTensor> tensors = graph.Initializers.ToDictionary(static tensor => tensor.Name);
        values[graph.Inputs[0].Name] = row;
        foreach (OnnxNode node in graph.Nodes)
        {
            if (node.Operator == "Constant")
            {
                tensors[node.Outputs[0]] = node.Attributes[0].Tensor!;
                values[node.Outputs[0]] = node.Attributes[0].Tensor!.ToDoubles();
                continue;
            }

            if (tensors.TryGetValue(node.Inputs[0], out OnnxTensor? constant) && node.Operator is "Identity" or "Cast")
            {
                tensors[node.Outputs[0]] = constant!;
            }

            double[] x = values[node.Inputs[0]];
            double[] y = node.Inputs.Count > 1 ? values[node.Inputs[1]] : [];
            values[node.Outputs[^1]] = node.Operator switch
            {
                "Identity" or "Cast" or "Flatten" => x,
                "Scaler" => [.. x.Select((v, k) => (v - At(Numbers(node, "offset"), k)) * At(Numbers(node, "scale"), k))],
                "Add" => Both(x, y, static (a, b) => a + b),
                "Sub" => Both(x, y, static (a, b) => a - b),
                "Mul" => Both(x, y, static (a, b) => a * b),
                "Div" => Both(x, y, static (a, b) => a / b),
                "MatMul" => Product(x, tensors[node.Inputs[1]], isTransposed: false),
                "Gemm" => Both(
                    Product(x, tensors[node.Inputs[1]], node.Attributes.Any(static a => a.Name == "transB" && a.Integer == 1)),
                    node.Inputs.Count > 2 ? values[node.Inputs[2]] : [0],
                    static (a, b) => a + b),
                "LinearClassifier" => Classifier(node, x),
                "Softmax" => Softmax(x),
                "LogSoftmax" => Array.ConvertAll(Softmax(x), Math.Log),
                "Sigmoid" => Array.ConvertAll(x, static s => 1 / (1 + Math.Exp(-s))),
                "ArgMax" => [Array.IndexOf(x, x.Max())],
                "Normalizer" => Array.ConvertAll(x, v => v / x.Sum(Math.Abs)),
                "ZipMap" => x,
                _ => throw new NotSupportedException(node.Operator),
            };
        }

        return values;
    }

    private static double[] Softmax(double[] scores)
    {
        double[] powers = Array.ConvertAll(scores, s => Math.Exp(s - scores.Max()));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private static double[] Classifier(OnnxNode node, double[] x)
    {
        float[] coefficients = Numbers(node, "coefficients");
        double[] scores = [.. Numbers(node, "intercepts").Select((b, j) => b + x.Select((v, k) => v * coefficients[(j * x.Length) + k]).Sum())];
        return scores.Length == 1 ? [1 / (1 + Math.Exp(scores[0])), 1 / (1 + Math.Exp(-scores[0]))] : Softmax(scores);
    }

    private static double[] Product(double[] x, OnnxTensor matrix, bool isTransposed)
    {
        double[] values = matrix.ToDoubles();
        int rows = (int)matrix.Dimensions[0];
        int columns = (int)matrix.Dimensions[1];
        return [.. Enumerable.Range(0, isTransposed ? rows : columns)
            .Select(j => x.Select((v, k) => v * values[isTransposed ? (j * columns) + k : (k * columns) + j]).Sum())];
    }

    private static double[] Both(double[] x, double[] y, Func<double, double, double> operation) =>
        [.. Enumerable.Range(0, Math.Max(x.Length, y.Length)).Select(i => operation(x[x.Length == 1 ? 0 : i], y[y.Length == 1 ? 0 : i]))];

    private static float[] Numbers(OnnxNode node, string name) => [.. node.Attributes.Single(attribute => attribute.Name == name).Numbers];

    private static float At(float[] values, int index) => values[values.Length == 1 ? 0 : index];
}
