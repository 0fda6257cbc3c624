namespace SoftmaxGen.Extensions.Hosting.Tests;

public enum Churn
{
    Stays,
    Leaves,
}

public sealed record Customer(double Tenure, double Charges);

/// <summary>A model of double precision with rows of its own.</summary>
[SoftmaxModel<Churn, Customer>]
public sealed partial class ChurnModel;

/// <summary>A model of single precision.</summary>
[SoftmaxModel(Classes = 3, Features = 2, Precision = SoftmaxPrecision.Single)]
public sealed partial class SingleModel;

/// <summary>Models that tell which one they are, and rows to learn from.</summary>
internal static class Given
{
    /// <summary>A model whose two scores differ by a number, whatever the row.</summary>
    public static ChurnModel Model(double number) => ChurnModel.FromWeights([0, 0, 0, number, 0, 0]);

    /// <summary>The number of a model.</summary>
    public static double NumberOf(ChurnModel model)
    {
        Span<double> scores = stackalloc double[2];
        model.PredictScores(new Customer(1, 1), scores);
        return scores[1] - scores[0];
    }

    /// <summary>Clients of whom those with high charges leave.</summary>
    public static (Customer Client, Churn Churn)[] Clients(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var client = new Customer(random.Next(72), 20 + (80 * random.NextDouble()));
            return (client, random.NextDouble() < 1 / (1 + Math.Exp(6 - (client.Charges / 10))) ? Churn.Leaves : Churn.Stays);
        })];
    }

    /// <summary>What a learner makes of a model and of clients: the oracle of what the service learns.</summary>
    public static ChurnModel Learned(ChurnModel start, IEnumerable<(Customer Client, Churn Churn)> clients)
    {
        var learner = new OnlineLearner<ChurnModel, double>(start).ForRows<Customer, Churn>(ChurnModel.CopyFeatures);
        foreach ((Customer client, Churn churn) in clients)
        {
            learner.Update(client, churn);
        }

        return learner.Snapshot();
    }
}
