namespace SoftmaxGen.TestModels.Rows;

/// <summary>Ten classes.</summary>
public enum Digit
{
    Zero,
    One,
    Two,
    Three,
    Four,
    Five,
    Six,
    Seven,
    Eight,
    Nine,
}

/// <summary>
/// The row of a churn set: 19 members, five of them categories, and blanks in numbers, categories and a bool. It has no column that pipelines of scikit-learn
/// do not make.
/// </summary>
/// <param name="Tenure">Months.</param>
/// <param name="Charges">A number that may be missing.</param>
/// <param name="Total">A number that is missing where it is NaN.</param>
/// <param name="Calls">A whole number that may be missing.</param>
/// <param name="Minutes">A number.</param>
/// <param name="Data">A number.</param>
/// <param name="Roaming">A number that may be missing.</param>
/// <param name="Complaints">A whole number.</param>
/// <param name="Discount">A number.</param>
/// <param name="Age">A whole number that may be missing.</param>
/// <param name="IsSenior">A bool.</param>
/// <param name="HasPartner">A bool.</param>
/// <param name="IsPaperless">A bool that may be missing.</param>
/// <param name="HasPhone">A bool.</param>
/// <param name="Contract">Categories.</param>
/// <param name="Internet">Categories that may be missing.</param>
/// <param name="Mood">Categories that begin below 0.</param>
/// <param name="Payment">Strings.</param>
/// <param name="Country">Strings that may be missing.</param>
public sealed record Subscriber(
    int Tenure,
    double? Charges,
    [Feature(Missing = MissingValue.NaN)] double Total,
    int? Calls,
    double Minutes,
    float Data,
    double? Roaming,
    int Complaints,
    double Discount,
    int? Age,
    bool IsSenior,
    bool HasPartner,
    bool? IsPaperless,
    bool HasPhone,
    Contract Contract,
    Internet? Internet,
    Mood Mood,
    [Categories("card", "check by mail", "bank_transfer", "électronique")] string Payment,
    [Categories("DE", "FR", "IT")] string? Country);

#pragma warning disable CA1819 // A row has its vector as an array, as most of those who have one do.

/// <summary>An image as a vector.</summary>
/// <param name="Pixels">Sixty-four numbers.</param>
public sealed record Scan([Columns(64)] float[] Pixels);

[SoftmaxModel<Churn, Subscriber>]
public sealed partial class SubscriberChurnModel;

[SoftmaxModel<Plan, Subscriber>]
public sealed partial class SubscriberPlanModel;

[SoftmaxModel<Digit, Scan>]
public sealed partial class ScanModel;
