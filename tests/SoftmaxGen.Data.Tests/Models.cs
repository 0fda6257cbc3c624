namespace SoftmaxGen.Data.Tests;

[SoftmaxModel(Classes = 3, Features = 4)]
public sealed partial class Unnamed;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class UnnamedSingle;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)" })]
public sealed partial class Named;

[SoftmaxModel(Classes = 3, Features = 2, Labels = new[] { -1, 0, 7 }, FeatureNames = new[] { "a", "b" })]
public sealed partial class Listed;

[SoftmaxModel(Classes = 2, Features = 17, FeatureNames = new[]
{
    "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f14", "f15", "f16",
})]
public sealed partial class Wide;

public enum Churn
{
    Stays,
    [ClassName("leaves us")]
    Leaves,
}

public enum Contract
{
    Monthly = 1,
    [ClassName("one year")]
    OneYear = 12,
    TwoYears = 24,
}

[Flags]
public enum Services : ulong
{
    None = 0,
    Phone = 1,
    Backup = 2,
    Television = 4,
}

/// <summary>A row with a member of each kind.</summary>
[Cross(nameof(Contract), nameof(IsSenior))]
public sealed record Client(
    Contract Contract,
    [Categories("none", "DSL", "fiber")] string Internet,
    [Categories("DE", "FR", IgnoreCase = true)] string? Country,
    bool IsSenior,
    [Feature(Name = "charges (EUR)")] double? Charges,
    [Buckets(12, 24)] int Months,
    Services Services,
    [Hashed(4)] string User,
    [Columns(2)] float[] Embedding,
    decimal Balance,
    sbyte Small,
    ulong Large,
    [Label] Churn Churn)
{
    [Feature(Missing = MissingValue.NaN)]
    public float Usage { get; init; }

    public bool? IsNew { get; set; }

    /// <summary>Gets what the type computes itself.</summary>
    public double PerMonth => Months == 0 ? 0 : (Charges ?? 0) / Months;

    [Feature(Ignore = true)]
    public string Note { get; init; } = "as made";
}

[SoftmaxModel<Churn, Client>]
public sealed partial class ClientModel;

/// <summary>A row whose members are set, and whose label is not among them.</summary>
public struct Point
{
    public double X;

    public double Y { get; set; }
}

[SoftmaxModel<Churn, Point>]
public sealed partial class PointModel;
