using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Onnx.Tests.Harness;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>Graphs of other programs, by chance: the imported model has the probabilities that a plain evaluator computes from the graph.</summary>
public class WildGraphTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Imported_models_have_the_probabilities_of_the_graph(int seed)
    {
        Random random = new(seed);
        Dictionary<string, int> seen = [];
        for (int trial = 0; trial < 400; trial++)
        {
            switch (random.Next(3))
            {
                case 0:
                    Check<Two>(new WildGraph(random, 1, 4, random.Next(2) == 0), random, seen);
                    break;
                case 1:
                    Check<Two>(new WildGraph(random, 2, 4, random.Next(2) == 0), random, seen);
                    break;
                default:
                    Check<Three>(new WildGraph(random, 3, 4, random.Next(2) == 0), random, seen);
                    break;
            }
        }

        string[] all =
        [
            "Identity", "Cast", "Flatten", "Constant", "Add", "Sub", "Mul", "Div", "Gemm", "MatMul", "Softmax", "LogSoftmax", "Sigmoid", "ArgMax", "Scaler",
            "LinearClassifier", "Normalizer", "ZipMap",
        ];
        Assert.All(all, type => Assert.True(seen.GetValueOrDefault(type) > 10, type));
    }

    [Fact]
    public void Classes_in_another_order_find_their_place_by_name()
    {
        OtherNames model = Samples.Model<OtherNames, double>();
        double[] row = Samples.Numbers<double>(4, seed: 3);
        foreach (OnnxForm form in Enum.GetValues<OnnxForm>())
        {
            Named copy = Samples.Import<Named, double>(WithoutFeatureNames(Samples.Export<OtherNames, double>(model, form)));

            double[] expected = new double[3];
            double[] actual = new double[3];
            model.PredictProbabilities(row, expected);
            copy.PredictProbabilities(row, actual);

            // versicolor and setosa there, setosa and versicolor here.
            Assert.Equal(expected[1], actual[0], 1e-6);
            Assert.Equal(expected[0], actual[1], 1e-6);
            Assert.Equal(expected[2], actual[2], 1e-6);
        }
    }

    [Fact]
    public void The_last_of_equal_scores_and_a_lone_score_are_refused_by_name()
    {
        OnnxTensor matrix = OnnxTensor.Create("w", [4, 1], [1, 2, 3, 4]);
        OnnxGraph graph = new(
            [new OnnxNode("MatMul", "", "logit", ["features", "w"], ["s"], [])],
            "lone",
            [matrix],
            [FormParts.Matrix("features", ElementType.Double, 4)],
            [FormParts.Matrix("s", ElementType.Double, 1)]);
        AssertRefused(graph, "MatMul 'logit' has one score, and no Sigmoid that would say that it is of the second of two classes.");
        AssertRefused(
            graph with { Nodes = [.. graph.Nodes, new OnnxNode("Softmax", "", "soft", ["s"], ["p"], [])] },
            "Softmax 'soft' takes one score, of which the probability is always 1; two classes need two, or Sigmoid.");
        AssertRefused(
            graph with { Nodes = [.. graph.Nodes, new OnnxNode("ArgMax", "", "best", ["s"], ["p"], [new OnnxAttribute("axis", AttributeType.Int) { Integer = 1 }])] },
            "ArgMax 'best' takes one score, of which the index is always 0.");

        static void AssertRefused(OnnxGraph graph, string message)
        {
            OnnxModel file = new(7, [new OperatorSet("", 13)], "", graph, new Dictionary<string, string>());
            Assert.Equal(message, Assert.Throws<ModelFormatException>(() => Import<Two>(file)).Message);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_imported_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), $"softmaxgen-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, []);
        try
        {
            ModelFormatException exception = Assert.Throws<ModelFormatException>(() => OnnxImport.Load<Two, double>(path));

            Assert.StartsWith($"{path}: The bytes are not an ONNX model: there is no graph in them.", exception.Message, StringComparison.Ordinal);
            Assert.Equal(path, exception.FileName);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Check<TModel>(WildGraph wild, Random random, Dictionary<string, int> seen)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        OnnxModel file = wild.Build();
        TModel model = Import<TModel>(file);
        double[] row = [.. Enumerable.Range(0, 4).Select(_ => (4 * random.NextDouble()) - 2)];
        double[] actual = new double[TModel.Shape.Classes];
        model.PredictProbabilities(row, actual);

        double[] result = new PlainGraph(file.Graph).Run(row)[wild.Result];
        double[] probabilities = Probabilities(file.Graph, result);
        string nodes = string.Join(", ", file.Graph.Nodes.Select(static node => node.Operator));
        for (int j = 0; j < actual.Length; j++)
        {
            int place = wild.Labels.Length > 0 ? (int)wild.Labels[j] : j;
            Assert.True(Math.Abs(probabilities[j] - actual[place]) <= 1e-12, $"{nodes}: {probabilities[j]:R} there, {actual[place]:R} here.");
        }

        foreach (OnnxNode node in file.Graph.Nodes)
        {
            seen[node.Operator] = seen.GetValueOrDefault(node.Operator) + 1;
        }
    }

    // Scores and logarithms are turned into probabilities; one probability is that of the second class.
    private static double[] Probabilities(OnnxGraph graph, double[] values)
    {
        if (values.Length == 1)
        {
            return [1 - values[0], values[0]];
        }

        if (graph.Nodes.Any(static node => node.Operator is "Softmax" or "LinearClassifier"))
        {
            return values;
        }

        double[] powers = Array.ConvertAll(values, Math.Exp);
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private static byte[] WithoutFeatureNames(byte[] file)
    {
        OnnxModel model = OnnxModel.Read(file);
        return Bytes(model with { Metadata = model.Metadata.Where(static entry => entry.Key != "softmaxgen.feature_names").ToDictionary() });
    }

    private static byte[] Bytes(OnnxModel model)
    {
        using MemoryStream stream = new();
        model.ToMessage().WriteTo(stream);
        return stream.ToArray();
    }

    private static TModel Import<TModel>(OnnxModel model)
        where TModel : class, ISoftmaxModel<TModel, double> => Samples.Import<TModel, double>(Bytes(model));
}
