namespace SoftmaxGen.TestModels.Data;

// The fewest classes whose labels the widest kernels take off in a stage of its own, and one class less.

[SoftmaxModel(Classes = 12, Features = 5, FirstLabel = -3)]
public sealed partial class Double12x5;

[SoftmaxModel(Classes = 12, Features = 1)]
public sealed partial class Double12x1;

[SoftmaxModel(Classes = 12, Features = 5, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single12x5;

[SoftmaxModel(Classes = 11, Features = 5, FirstLabel = -3)]
public sealed partial class Double11x5;

[SoftmaxModel(Classes = 11, Features = 5, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single11x5;
