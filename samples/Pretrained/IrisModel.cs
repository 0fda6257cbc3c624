using SoftmaxGen;

namespace Pretrained;

/// <summary>Three species of iris from four measurements, in centimetres, with the weights of a training of long ago.</summary>
[SoftmaxModel(
    Classes = 3,
    Features = 4,
    ClassNames = new[] { "setosa", "versicolor", "virginica" },
    FeatureNames = new[] { "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm" },
    Weights = "iris.softmax.json")]
public sealed partial class IrisModel;
