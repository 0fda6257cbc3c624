using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>What a model with rows of clients offers, in <see cref="double"/> and with labels as numbers: one test for models of several types.</summary>
internal sealed class ClientModel
{
    private ClientModel(ModelShape shape) => Shape = shape;

    /// <summary>Gets the constants of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the weights.</summary>
    public required double[] Weights { get; init; }

    public required Func<Client, double[]> CopyFeatures { get; init; }

    public required Func<Client, int> Predict { get; init; }

    public required Func<Client, (int Label, double Probability)> PredictWithProbability { get; init; }

    public required Func<Client, (int Label, double Margin)> PredictWithMargin { get; init; }

    public required Func<Client, double[]> Scores { get; init; }

    public required Func<Client, double[]> Probabilities { get; init; }

    public required Func<Client, (int Label, double Probability)[]> Top { get; init; }

    public required Func<Client, (int Label, int RunnerUp, double Bias, double Margin, double[] Contributions)> Explain { get; init; }

    public required Func<Client[], int[]> PredictBatch { get; init; }

    public required Func<Client[], double[]> ProbabilitiesBatch { get; init; }

    /// <summary>Gets the names of the models.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        nameof(ClientChurnModel),
        nameof(ClientPlanModel),
        nameof(ClientDayModel),
        nameof(SingleClientPlanModel),
        nameof(SingleClientChurnModel),
        nameof(PropagatingClientModel),
    ];

    /// <summary>Makes a model with random weights.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The model.</returns>
    public static ClientModel Of(string name, int seed) => name switch
    {
        nameof(ClientChurnModel) => OfClientChurnModel(seed),
        nameof(ClientPlanModel) => OfClientPlanModel(seed),
        nameof(ClientDayModel) => OfClientDayModel(seed),
        nameof(SingleClientPlanModel) => OfSingleClientPlanModel(seed),
        nameof(SingleClientChurnModel) => OfSingleClientChurnModel(seed),
        nameof(PropagatingClientModel) => OfPropagatingClientModel(seed),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static double[] RandomWeights(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }

    private static double[] Wide(ReadOnlySpan<double> values) => values.ToArray();

    private static ClientModel OfClientChurnModel(int seed)
    {
        double[] weights = RandomWeights(ClientChurnModel.ParameterCount, seed);
        ClientChurnModel model = ClientChurnModel.FromWeights(weights);
        return new ClientModel(ClientChurnModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                double[] features = new double[ClientChurnModel.Features];
                ClientChurnModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out double probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out double margin), margin),
            Scores = client =>
            {
                double[] scores = new double[ClientChurnModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                double[] probabilities = new double[ClientChurnModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (Churn Label, double Probability)[] top = new (Churn, double)[ClientChurnModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                double[] contributions = new double[ClientChurnModel.Features];
                Explanation<Churn, double> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                Churn[] labels = new Churn[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                double[] probabilities = new double[clients.Length * ClientChurnModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }

    private static ClientModel OfClientPlanModel(int seed)
    {
        double[] weights = RandomWeights(ClientPlanModel.ParameterCount, seed);
        ClientPlanModel model = ClientPlanModel.FromWeights(weights);
        return new ClientModel(ClientPlanModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                double[] features = new double[ClientPlanModel.Features];
                ClientPlanModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out double probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out double margin), margin),
            Scores = client =>
            {
                double[] scores = new double[ClientPlanModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                double[] probabilities = new double[ClientPlanModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (Plan Label, double Probability)[] top = new (Plan, double)[ClientPlanModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                double[] contributions = new double[ClientPlanModel.Features];
                Explanation<Plan, double> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                Plan[] labels = new Plan[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                double[] probabilities = new double[clients.Length * ClientPlanModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }

    private static ClientModel OfClientDayModel(int seed)
    {
        double[] weights = RandomWeights(ClientDayModel.ParameterCount, seed);
        ClientDayModel model = ClientDayModel.FromWeights(weights);
        return new ClientModel(ClientDayModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                double[] features = new double[ClientDayModel.Features];
                ClientDayModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out double probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out double margin), margin),
            Scores = client =>
            {
                double[] scores = new double[ClientDayModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                double[] probabilities = new double[ClientDayModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (DayOfWeek Label, double Probability)[] top = new (DayOfWeek, double)[ClientDayModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                double[] contributions = new double[ClientDayModel.Features];
                Explanation<DayOfWeek, double> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                DayOfWeek[] labels = new DayOfWeek[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                double[] probabilities = new double[clients.Length * ClientDayModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }

    private static ClientModel OfSingleClientPlanModel(int seed)
    {
        double[] weights = RandomWeights(SingleClientPlanModel.ParameterCount, seed);
        SingleClientPlanModel model = SingleClientPlanModel.FromWeights([.. weights.Select(static weight => (float)weight)]);
        return new ClientModel(SingleClientPlanModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                float[] features = new float[SingleClientPlanModel.Features];
                SingleClientPlanModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out float probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out float margin), margin),
            Scores = client =>
            {
                float[] scores = new float[SingleClientPlanModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                float[] probabilities = new float[SingleClientPlanModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (Plan Label, float Probability)[] top = new (Plan, float)[SingleClientPlanModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                float[] contributions = new float[SingleClientPlanModel.Features];
                Explanation<Plan, float> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                Plan[] labels = new Plan[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                float[] probabilities = new float[clients.Length * SingleClientPlanModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }

    private static ClientModel OfSingleClientChurnModel(int seed)
    {
        double[] weights = RandomWeights(SingleClientChurnModel.ParameterCount, seed);
        SingleClientChurnModel model = SingleClientChurnModel.FromWeights([.. weights.Select(static weight => (float)weight)]);
        return new ClientModel(SingleClientChurnModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                float[] features = new float[SingleClientChurnModel.Features];
                SingleClientChurnModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out float probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out float margin), margin),
            Scores = client =>
            {
                float[] scores = new float[SingleClientChurnModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                float[] probabilities = new float[SingleClientChurnModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (Churn Label, float Probability)[] top = new (Churn, float)[SingleClientChurnModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                float[] contributions = new float[SingleClientChurnModel.Features];
                Explanation<Churn, float> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                Churn[] labels = new Churn[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                float[] probabilities = new float[clients.Length * SingleClientChurnModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }

    private static ClientModel OfPropagatingClientModel(int seed)
    {
        double[] weights = RandomWeights(PropagatingClientModel.ParameterCount, seed);
        PropagatingClientModel model = PropagatingClientModel.FromWeights(weights);
        return new ClientModel(PropagatingClientModel.Shape)
        {
            Weights = weights,
            CopyFeatures = static client =>
            {
                double[] features = new double[PropagatingClientModel.Features];
                PropagatingClientModel.CopyFeatures(client, features);
                return Wide(features);
            },
            Predict = client => (int)model.Predict(client),
            PredictWithProbability = client => ((int)model.Predict(client, out double probability), probability),
            PredictWithMargin = client => ((int)model.PredictWithMargin(client, out double margin), margin),
            Scores = client =>
            {
                double[] scores = new double[PropagatingClientModel.Classes];
                model.PredictScores(client, scores);
                return Wide(scores);
            },
            Probabilities = client =>
            {
                double[] probabilities = new double[PropagatingClientModel.Classes];
                model.PredictProbabilities(client, probabilities);
                return Wide(probabilities);
            },
            Top = client =>
            {
                (Plan Label, double Probability)[] top = new (Plan, double)[PropagatingClientModel.Classes];
                model.PredictTop(client, top);
                return [.. top.Select(static entry => ((int)entry.Label, (double)entry.Probability))];
            },
            Explain = client =>
            {
                double[] contributions = new double[PropagatingClientModel.Features];
                Explanation<Plan, double> explanation = model.Explain(client, contributions);
                return ((int)explanation.Label, (int)explanation.RunnerUp, explanation.Bias, explanation.Margin, Wide(contributions));
            },
            PredictBatch = clients =>
            {
                Plan[] labels = new Plan[clients.Length];
                model.PredictBatch(clients, labels);
                return [.. labels.Select(static label => (int)label)];
            },
            ProbabilitiesBatch = clients =>
            {
                double[] probabilities = new double[clients.Length * PropagatingClientModel.Classes];
                model.PredictProbabilitiesBatch(clients, probabilities);
                return Wide(probabilities);
            },
        };
    }
}
