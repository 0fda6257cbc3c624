using SoftmaxGen;

namespace ChurnService;

/// <summary>Clients of the past, made up from a seed: what a company would have in its database.</summary>
internal static class History
{
    /// <summary>Makes clients up.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="seed">The seed: the same seed gives the same clients.</param>
    /// <returns>The clients and what became of them.</returns>
    public static Outcome[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    /// <summary>Trains a model on made-up clients.</summary>
    /// <param name="seed">The seed.</param>
    /// <returns>The model, and how the training ended.</returns>
    public static TrainingResult<ChurnModel> Train(int seed)
    {
        Outcome[] history = Make(5000, seed);
        return ChurnModel.Train(
            [.. history.Select(static outcome => outcome.Client)], [.. history.Select(static outcome => outcome.Churn)], new TrainingOptions { L2 = 0.001 });
    }

    private static Outcome Draw(Random random)
    {
        var client = new Client(
            (Contract)random.Next(3),
            (Internet)random.Next(3),
            random.Next(5) == 0,
            random.Next(3) == 0,
            random.Next(73),
            Math.Round(20 + (80 * random.NextDouble()), 2),
            random.Next(10) == 0 ? null : random.Next(6));
        double score = (1.1 * (int)client.Internet) - (1.3 * (int)client.Contract) - (0.15 * Math.Min(client.Tenure, 12)) - (0.01 * client.Tenure)
            + (0.02 * client.Monthly) + (0.4 * (client.Calls ?? 2)) + (client.IsSenior ? 0.4 : 0) - (client.HasSupport ? 0.7 : 0);
        return new Outcome(client, random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? Churn.Leaves : Churn.Stays);
    }
}
