using SoftmaxGen;

namespace Models;

/// <summary>The classes of Churn.</summary>
public enum Churn
{
    [ClassName("stays")]
    Stays,
    [ClassName("leaves soon")]
    LeavesSoon,
    [ClassName("leaves")]
    Leaves,
}

/// <summary>What is known of a row. What may be blank is nullable: the model learns what a blank counts.</summary>
public sealed record Customer(
    double Income,
    double? Charges,
    [Feature(Name = "is senior")] bool IsSenior,
    [Feature(Name = "has \"fiber\"")] bool? HasFiber,
    [Buckets(18, 25.5, 1E+20)] double Age,
    [Knots(-0.5, 10)] double? Usage,
    [Feature(Name = "contract"), Categories("monthly", "one year", "two years")] string Contract,
    [Categories("DE", "FR")] string? Country,
    [Hashed(4)] string User,
    [Label] Churn Churn = default);

/// <summary>Predicts Churn. The rest of the class is generated.</summary>
[SoftmaxModel<Churn, Customer>]
public sealed partial class CustomerModel;
