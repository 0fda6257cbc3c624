namespace SoftmaxGen.TestModels.Pretrained;

// Models with baked weights, whose files the compiler reads and the tests load at run time.

[SoftmaxModel(Classes = 3, Features = 4, Weights = "plain.softmax.json")]
public sealed partial class Plain;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single, FirstLabel = 1, Weights = "single.softmax.json")]
public sealed partial class Rounded;

[SoftmaxModel(
    Classes = 2,
    Features = 3,
    ClassNames = new[] { "no", "yes" },
    FeatureNames = new[] { "a<b", "\"c\"", "d\ne" },
    Weights = "folded.softmax.json")]
public sealed partial class Folded;

[SoftmaxModel(Classes = 2, Features = 3, Precision = SoftmaxPrecision.Single, Weights = "folded-single.softmax.json")]
public sealed partial class FoldedSingle;

// Used by one test alone, which watches its first prediction.
[SoftmaxModel(Classes = 3, Features = 4, Weights = "plain.softmax.json")]
public sealed partial class Untouched;

// Weights of which most are zero: scattered and in whole features, in registers and in memory.
[SoftmaxModel(Classes = 10, Features = 65, Weights = "sparse.softmax.json")]
public sealed partial class Sparse10x65;

[SoftmaxModel(Classes = 17, Features = 33, Precision = SoftmaxPrecision.Single, Weights = "sparse-single.softmax.json")]
public sealed partial class SparseSingle17x33;

[SoftmaxModel(Classes = 70, Features = 17, Weights = "sparse-wide.softmax.json")]
public sealed partial class Sparse70x17;

[SoftmaxModel(Classes = 3, Features = 30, Weights = "sparse-narrow.softmax.json")]
public sealed partial class Sparse3x30;
