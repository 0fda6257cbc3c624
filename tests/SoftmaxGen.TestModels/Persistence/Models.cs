namespace SoftmaxGen.TestModels.Persistence;

// One shape under several names: what a file must tell apart.

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
public sealed partial class NamedIris;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    Precision = SoftmaxPrecision.Single,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
public sealed partial class NamedIrisSingle;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    FirstLabel = 1,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
public sealed partial class NamedIrisFrom1;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "virginica", "versicolor", "setosa" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
public sealed partial class ReorderedIris;

[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "petal_width_cm", "sepal_length_cm", "sepal_width_cm", "petal_length_cm" })]
public sealed partial class ReorderedFeatures;

// A successor of NamedIris, by its fingerprint, among others.
[SoftmaxModel(
    Classes = 3,
    Features = 4,
    FirstLabel = 1,
    ClassNames = new[] { "Iris setosa", "Iris versicolor", "Iris virginica" },
    AcceptFingerprint = "0123456789abcdef, 9a0ca8231c721651")]
public sealed partial class RenamedIris;

[SoftmaxModel(
    Classes = 2,
    Features = 4,
    ClassNames = new[] { "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" })]
public sealed partial class IrisPair;

// Names that JSON, C# comments and cultures each have a way to spoil.
[SoftmaxModel(
    Classes = 2,
    Features = 3,
    ClassNames = new[] { "C++ \"quoted\" \\ <b>", "naïve 😀\n*/ line\u2028two" },
    FeatureNames = new[] { "\u0000", "next\u0085line", "ı/I" })]
public sealed partial class HostileNames;
