namespace SoftmaxGen.AotTests.Checks;

/// <summary>The models whose kernels, predictions and files are checked: one or two of each form of the code for 128-bit vectors.</summary>
internal static class Models
{
    /// <summary>Checks every model.</summary>
    public static void All(IModelCheck check)
    {
        check.Run<Double2x1, double>();
        check.Run<Double2x9Propagating, double>();
        check.Run<Double2x11From1, double>();
        check.Run<Double2x30, double>();
        check.Run<Double3x4, double>();
        check.Run<Double3x13, double>();
        check.Run<Double4x8FromMinus5, double>();
        check.Run<Double7x17, double>();
        check.Run<Double10x16, double>();
        check.Run<Double17x8, double>();
        check.Run<Double26x9, double>();
        check.Run<Double28x10Propagating, double>();
        check.Run<Double70x16, double>();
        check.Run<Single2x1, float>();
        check.Run<Single2x19FromMinus3, float>();
        check.Run<Single3x4, float>();
        check.Run<Single3x13, float>();
        check.Run<Single4x8, float>();
        check.Run<Single10x16, float>();
        check.Run<Single26x16, float>();
    }
}

[SoftmaxModel(Classes = 2, Features = 1)]
internal sealed partial class Double2x1;

[SoftmaxModel(Classes = 2, Features = 9, MissingValues = MissingValues.Propagate)]
internal sealed partial class Double2x9Propagating;

[SoftmaxModel(Classes = 2, Features = 11, FirstLabel = 1)]
internal sealed partial class Double2x11From1;

[SoftmaxModel(Classes = 2, Features = 30)]
internal sealed partial class Double2x30;

[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class Double3x4;

[SoftmaxModel(Classes = 3, Features = 13)]
internal sealed partial class Double3x13;

[SoftmaxModel(Classes = 4, Features = 8, FirstLabel = -5)]
internal sealed partial class Double4x8FromMinus5;

[SoftmaxModel(Classes = 7, Features = 17)]
internal sealed partial class Double7x17;

[SoftmaxModel(Classes = 10, Features = 16)]
internal sealed partial class Double10x16;

[SoftmaxModel(Classes = 17, Features = 8)]
internal sealed partial class Double17x8;

[SoftmaxModel(Classes = 26, Features = 9)]
internal sealed partial class Double26x9;

[SoftmaxModel(Classes = 28, Features = 10, MissingValues = MissingValues.Propagate)]
internal sealed partial class Double28x10Propagating;

[SoftmaxModel(Classes = 70, Features = 16)]
internal sealed partial class Double70x16;

[SoftmaxModel(Classes = 2, Features = 1, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single2x1;

[SoftmaxModel(Classes = 2, Features = 19, FirstLabel = -3, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single2x19FromMinus3;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single3x4;

[SoftmaxModel(Classes = 3, Features = 13, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single3x13;

[SoftmaxModel(Classes = 4, Features = 8, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single4x8;

[SoftmaxModel(Classes = 10, Features = 16, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single10x16;

[SoftmaxModel(Classes = 26, Features = 16, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single26x16;

/// <summary>The model that the committed files in double belong to.</summary>
[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
internal sealed partial class NamedIris;

/// <summary>The model that the committed files in single precision belong to.</summary>
[SoftmaxModel(
    Classes = 3,
    Features = 4,
    Precision = SoftmaxPrecision.Single,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
internal sealed partial class NamedIrisSingle;
