using SoftmaxGen.TestModels.Rows;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Rows;

/// <summary>
/// Rows with categories, blanks, buckets, knots, hashes, vectors and crosses: what a plain encoder that goes by the names of the columns says.
/// </summary>
public class EncodedRowTests
{
    private static readonly Client[] _clients = ClientSample.Make(300, seed: 1);

    /// <summary>Gets the models.</summary>
    public static TheoryData<string> Models { get; } = [.. ClientModel.Names];

    [LongTheory(every: 2)]
    [MemberData(nameof(Models))]
    public void Every_column_holds_what_its_name_says(string name)
    {
        ClientModel model = ClientModel.Of(name, seed: 2);
        foreach (Client client in _clients)
        {
            double[] expected = PlainEncoder.Encode(client, model.Shape.FeatureNames);
            double[] actual = model.CopyFeatures(client);
            for (int k = 0; k < expected.Length; k++)
            {
                double rounded = model.Shape.Precision == SoftmaxPrecision.Single ? (float)expected[k] : expected[k];
                Assert.True(Math.Abs(rounded - actual[k]) <= Math.Abs(rounded) * Tolerance(model),
                    $"{model.Shape.FeatureNames[k]}: {rounded} and {actual[k]}, {client}");
            }
        }
    }

    [LongTheory(every: 2)]
    [MemberData(nameof(Models))]
    public void Predictions_are_those_of_the_encoded_rows(string name)
    {
        ClientModel model = ClientModel.Of(name, seed: 3);
        int[] labels = model.PredictBatch(_clients);
        double[] batch = model.ProbabilitiesBatch(_clients);
        for (int row = 0; row < _clients.Length; row++)
        {
            Client client = _clients[row];
            double[] expected = Scores(model, PlainEncoder.Encode(client, model.Shape.FeatureNames));
            double[] actual = model.Scores(client);
            double scale = 1 + PlainEncoder.Encode(client, model.Shape.FeatureNames).Sum(Math.Abs);
            AssertClose(expected, actual, scale * Tolerance(model));

            // One number decides: all members of a row agree, also where two scores are all but equal.
            int label = model.Predict(client);
            double[] probabilities = model.Probabilities(client);
            AssertClose(Softmax(expected), probabilities, scale * Tolerance(model));
            Assert.Equal(Array.IndexOf(actual, actual.Max()), label);
            Assert.Equal(label, labels[row]);
            Assert.Equal(probabilities, batch[(row * model.Shape.Classes)..((row + 1) * model.Shape.Classes)]);
            (int Label, double Probability) best = model.PredictWithProbability(client);
            Assert.Equal(label, best.Label);
            Assert.Equal(probabilities[label], best.Probability, scale * Tolerance(model));
            Assert.Equal(label, model.PredictWithMargin(client).Label);
            (int Label, double Probability)[] top = model.Top(client);
            Assert.Equal(label, top[0].Label);
            Assert.Equal(actual.OrderDescending().Select(score => Array.IndexOf(actual, score)), top.Select(static entry => entry.Label));
            Assert.Equal(label, model.Explain(client).Label);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Contributions_add_up_over_columns_and_over_members(string name)
    {
        ClientModel model = ClientModel.Of(name, seed: 4);
        foreach (Client client in _clients.Take(50))
        {
            (int label, int runnerUp, double bias, double margin, double[] contributions) = model.Explain(client);
            double[] scores = Scores(model, PlainEncoder.Encode(client, model.Shape.FeatureNames));
            double scale = 1 + PlainEncoder.Encode(client, model.Shape.FeatureNames).Sum(Math.Abs);
            Assert.Equal(scores[label] - scores[runnerUp], margin, scale * Tolerance(model));
            double[] members = new double[model.Shape.FeatureGroups.Count];
            model.Shape.SumByGroup<double>(contributions, members);
            Assert.Equal(margin, bias + members.Sum(), scale * Tolerance(model));
            Assert.Equal(contributions.Skip(16).Take(3).Sum(), members[8], 12);
        }
    }

    [Fact]
    public void Groups_are_the_members_in_their_order()
    {
        FeatureGroup[] groups = [.. ClientPlanModel.Shape.FeatureGroups];
        string[] members =
            [.. typeof(Client).GetProperties().Select(static member => member.Name).Where(static member => member is not ("EqualityContract" or "Noted"))];
        Assert.Equal(
            [.. members, "Contract*Internet", "Charges*Mood", "Services*Country", "Tenure*Charges", "User*Shop"], groups.Select(static group => group.Name));
        Assert.Equal(0, groups[0].First);
        Assert.All(groups.Zip(groups.Skip(1)), static pair => Assert.Equal(pair.First.First + pair.First.Count, pair.Second.First));
        Assert.Equal(ClientPlanModel.Features, groups[^1].First + groups[^1].Count);
        Assert.Equal(ClientPlanModel.Features, ClientPlanModel.Shape.FeatureNames.Distinct().Count());
    }

    [Fact]
    public void Training_and_evaluation_see_the_encoded_rows()
    {
        Client[] clients = ClientSample.Make(400, seed: 5);
        Plan[] labels = [.. clients.Select(static (client, row) => (Plan)((row + (int)client.Contract + (client.Age > 30 ? 1 : 0)) % 3))];
        double[] features = [.. clients.SelectMany(static client => PlainEncoder.Encode(client, ClientPlanModel.Shape.FeatureNames))];
        var options = new TrainingOptions { L2 = 0.1, Standardize = true };

        TrainingResult<ClientPlanModel> ofRows = ClientPlanModel.Train(clients, labels, options);
        TrainingResult<ClientPlanModel> ofFeatures = ClientPlanModel.Train(features, labels, options);

        Assert.Equal(StopReason.Converged, ofRows.StopReason);
        Assert.Equal(ofFeatures.Model.Weights.ToArray(), ofRows.Model.Weights.ToArray());
        Assert.Equal(ofRows.Model.Evaluate(features, labels).LogLoss, ofRows.Model.Evaluate(clients, labels).LogLoss);
    }

    [Fact]
    public void A_learner_takes_rows_as_they_are()
    {
        var learner = new OnlineLearner<ClientPlanModel, double>(ClientModelWeights()).ForRows<Client, Plan>(ClientPlanModel.CopyFeatures);
        var plain = new OnlineLearner<ClientPlanModel, double>(ClientModelWeights());
        foreach (Client client in _clients.Take(40))
        {
            double loss = learner.Update(client, Plan.Standard);
            Assert.Equal(plain.Update(PlainEncoder.Encode(client, ClientPlanModel.Shape.FeatureNames), (int)Plan.Standard), loss, 12);
        }

        static ClientPlanModel ClientModelWeights() => ClientPlanModel.FromWeights(new double[ClientPlanModel.ParameterCount]);
    }

    [Fact]
    public void A_prediction_allocates_nothing()
    {
        ClientPlanModel model = ClientPlanModel.FromWeights(new double[ClientPlanModel.ParameterCount]);
        ClientChurnModel churn = ClientChurnModel.FromWeights(new double[ClientChurnModel.ParameterCount]);
        double[] three = new double[3];
        double[] two = new double[2];
        var labels = new Plan[_clients.Length];
        double[] batch = new double[3 * _clients.Length];
        AssertAllocation.None(() =>
        {
            foreach (Client client in _clients)
            {
                model.Predict(client);
                model.Predict(client, out double _);
                model.PredictProbabilities(client, three);
                model.PredictScores(client, three);
                model.PredictWithMargin(client, out double _);
                churn.Predict(client);
                churn.PredictProbabilities(client, two);
            }

            model.PredictBatch(_clients, labels);
            model.PredictProbabilitiesBatch(_clients, batch);
        });
    }

    private static double Tolerance(ClientModel model) => model.Shape.Precision == SoftmaxPrecision.Single ? 1e-5 : 1e-13;

    private static double[] Scores(ClientModel model, double[] features)
    {
        int columns = features.Length + 1;
        return
        [
            .. Enumerable.Range(0, model.Shape.Classes)
                .Select(j => model.Weights[j * columns] + features.Select((value, k) => value * model.Weights[(j * columns) + k + 1]).Sum()),
        ];
    }

    private static double[] Softmax(double[] scores)
    {
        double[] exponentials = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        return [.. exponentials.Select(exponential => exponential / exponentials.Sum())];
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
