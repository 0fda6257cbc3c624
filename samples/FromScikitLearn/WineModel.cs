using SoftmaxGen;

namespace FromScikitLearn;

/// <summary>Three cultivars of grapes from thirteen measurements of the wine. Classes and features are called as they are in Python.</summary>
[SoftmaxModel(
    Classes = 3,
    Features = 13,
    ClassNames = new[] { "class_0", "class_1", "class_2" },
    FeatureNames = new[]
    {
        "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids", "nonflavanoid_phenols", "proanthocyanins",
        "color_intensity", "hue", "od280_od315_of_diluted_wines", "proline",
    })]
public sealed partial class WineModel;
