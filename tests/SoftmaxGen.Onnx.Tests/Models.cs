using SoftmaxGen;

namespace SoftmaxGen.Onnx.Tests;

[SoftmaxModel(Classes = 2, Features = 4)]
public sealed partial class Two;

[SoftmaxModel(Classes = 3, Features = 4)]
public sealed partial class Three;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class ThreeSingle;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "vir\"ginica é" },
    FeatureNames = new[] { "sepal length", "sepal width", "petal length", "petal width" })]
public sealed partial class Named;

[SoftmaxModel(Classes = 3, Features = 4, ClassNames = new[] { "versicolor", "setosa", "vir\"ginica é" })]
public sealed partial class OtherNames;

[SoftmaxModel(Classes = 5, Features = 7, FirstLabel = 1, Precision = SoftmaxPrecision.Single)]
public sealed partial class FromOne;

[SoftmaxModel(Classes = 10, Features = 64)]
public sealed partial class Digits;

public enum Answer
{
    No,
    Yes,
}

public enum Tariff
{
    Monthly,
    OneYear,
    TwoYears,
}

public sealed record Tenant(double? Charges, Tariff Tariff, [Categories("DE", "FR")] string? Country, int Tenure);

[SoftmaxModel<Answer, Tenant>]
public sealed partial class TenantModel;
