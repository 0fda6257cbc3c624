using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>
/// A synthetic churn set with blanks and categories. Only integers are drawn and only exact arithmetic is done, so that it is the same on every machine.
/// </summary>
/// <param name="Rows">The rows.</param>
/// <param name="Churn">A label of two classes for each row.</param>
/// <param name="Plans">A label of three classes for each row.</param>
internal sealed record SubscriberSample(Subscriber[] Rows, Churn[] Churn, Plan[] Plans)
{
    /// <summary>Gets the names of the members, in their order.</summary>
    public static string[] Names { get; } = [.. SubscriberChurnModel.Shape.FeatureGroups.Select(static group => group.Name)];

    /// <summary>Gets the rows as other programs see them: numbers, texts, and null where a value is missing.</summary>
    public object?[][] Cells => Array.ConvertAll(Rows, CellsOf);

    /// <summary>Makes a sample.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The sample.</returns>
    public static SubscriberSample Make(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new Subscriber[count];
        var churn = new Churn[count];
        var plans = new Plan[count];
        for (int i = 0; i < count; i++)
        {
            Subscriber row = rows[i] = MakeRow(random);

            // The sum of four draws is noise enough that no class can be separated.
            int noise = Enumerable.Range(0, 4).Sum(_ => random.Next(-30, 31));
            int score = (10 * row.Complaints) - row.Tenure - (15 * (int)row.Contract) + (row.Charges is null ? 10 : 0) + (row.Country == "FR" ? 12 : 0);
            churn[i] = score + noise > 0 ? TestModels.Rows.Churn.Leaves : TestModels.Rows.Churn.Stays;
            double use = (row.Minutes / 8) + (4 * row.Data) + (row.Internet is Internet.Fiber ? 20 : 0) - (5 * (row.Roaming ?? 6)) + noise;
            plans[i] = use < 30 ? Plan.Basic : use < 70 ? Plan.Standard : Plan.Premium;
        }

        return new SubscriberSample(rows, churn, plans);
    }

    private static Subscriber MakeRow(Random random) => new(
        random.Next(72),
        Blank(random) ? null : random.Next(160, 960) / 8.0,
        Blank(random) ? double.NaN : random.Next(80_000) / 16.0,
        Blank(random) ? null : random.Next(40),
        random.Next(3000) / 8.0,
        random.Next(160) / 16f,
        Blank(random) ? null : random.Next(64) / 4.0,
        random.Next(5),
        random.Next(32) / 64.0,
        Blank(random) ? null : random.Next(18, 90),
        random.Next(5) == 0,
        random.Next(2) == 0,
        Blank(random) ? null : random.Next(3) == 0,
        random.Next(9) > 0,
        (Contract)random.Next(3),
        Blank(random) ? null : Any(random, Internet.None, Internet.Dsl, Internet.Fiber),
        (Mood)random.Next(-1, 2),
        Any(random, "card", "check by mail", "bank_transfer", "électronique"),
        Blank(random) ? null : Any(random, "DE", "FR", "IT"));

    private static bool Blank(Random random) => random.Next(8) == 0;

    private static T Any<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static object?[] CellsOf(Subscriber row) =>
    [
        row.Tenure,
        row.Charges,
        double.IsNaN(row.Total) ? null : row.Total,
        row.Calls,
        row.Minutes,
        row.Data,
        row.Roaming,
        row.Complaints,
        row.Discount,
        row.Age,
        row.IsSenior,
        row.HasPartner,
        row.IsPaperless,
        row.HasPhone,
        row.Contract.ToString(),
        row.Internet is { } internet ? internet == Internet.Dsl ? "DSL line" : internet.ToString() : null,
        row.Mood.ToString(),
        row.Payment,
        row.Country,
    ];
}
