using System.Globalization;

namespace SoftmaxGen.Reports.Tests;

public enum Species
{
    Setosa,
    Versicolor,
    Virginica,
}

public readonly record struct Flower(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth, [Label] Species Species)
{
    /// <summary>Gets Fisher's irises.</summary>
    public static IReadOnlyList<Flower> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "iris.csv")).Skip(1).Select(static line => line.Split(',')).Select(static x =>
            new Flower(Number(x[0]), Number(x[1]), Number(x[2]), Number(x[3]), Enum.Parse<Species>(x[4], ignoreCase: true))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

[SoftmaxModel<Species, Flower>]
public sealed partial class FlowerModel;

/// <summary>Names as nobody hopes for: markup, quotes, a direction, characters that take two or many code units, and half of one.</summary>
[SoftmaxModel(
    Classes = 4,
    Features = 3,
    ClassNames = new[] { "<script>alert(1)</script>", "\"quoted\" & 'single'", "\u05d0\u05d3\u05d5\u05dd \u202e", "👩‍👩‍👧‍👦 家族のとても長い名前です" },
    FeatureNames = new[] { "]]> --> &amp; <b>", "a very long name of a feature that goes on and on until nobody reads it any more", "tab\tand\u0007bell" })]
public sealed partial class HostileModel;

public enum Churn
{
    Stays,
    Leaves,
}

public enum Contract
{
    Monthly,
    OneYear,
    TwoYears,
}

/// <summary>A row with every encoding that has a picture.</summary>
public sealed record Customer(
    Contract Contract,
    [Categories("none", "DSL", "fiber")] string? Internet,
    [Buckets(12, 24.5)] int Months,
    [Knots(20, 50)] double Usage,
    [Knots(1)] double? Calls,
    double Charges,
    [Label] Churn Churn)
{
    /// <summary>Makes clients by a seed, whose churn follows their other members.</summary>
    public static Customer[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => One(random))];
    }

    private static Customer One(Random random)
    {
        var contract = (Contract)random.Next(3);
        string? internet = random.Next(4) switch { 0 => null, 1 => "none", 2 => "DSL", _ => "fiber" };
        int months = random.Next(1, 60);
        double usage = random.NextDouble() * 80;
        double? calls = random.Next(5) == 0 ? null : random.NextDouble() * 4;
        double score = (contract == Contract.Monthly ? 1.5 : -0.5) + (internet == "fiber" ? 1 : 0) - (months / 20.0)
            + (Math.Max(0, usage - 50) / 10) - (calls ?? 3);
        double charges = 20 + (random.NextDouble() * 60);
        bool leaves = random.NextDouble() < 1 / (1 + Math.Exp(-score));
        return new Customer(contract, internet, months, usage, calls, charges, leaves ? Churn.Leaves : Churn.Stays);
    }
}

[SoftmaxModel<Churn, Customer>]
public sealed partial class CustomerModel;

/// <summary>Three classes.</summary>
public enum Plan
{
    Small,
    Middle,
    Large,
}

/// <summary>A row whose members have effects on three classes.</summary>
public readonly record struct Subscriber(Contract Contract, [Knots(20, 50)] double Usage, [Label] Plan Plan)
{
    /// <summary>Gets the subscriber that a client is.</summary>
    public static Subscriber Of(Customer client) => new(client.Contract, client.Usage, client.Usage > 60 ? Plan.Large : (Plan)client.Contract);
}

[SoftmaxModel<Plan, Subscriber>]
public sealed partial class PlanModel;
