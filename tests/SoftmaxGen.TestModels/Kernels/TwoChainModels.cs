namespace SoftmaxGen.TestModels.Kernels;

// Scores of these are summed in two chains: whole vectors of classes and rests, features that end with a transpose of eight, or beyond the straight code.
[SoftmaxModel(Classes = 17, Features = 8)]
public sealed partial class Double17x8;

[SoftmaxModel(Classes = 24, Features = 8)]
public sealed partial class Double24x8;

[SoftmaxModel(Classes = 27, Features = 34)]
public sealed partial class Double27x34;

[SoftmaxModel(Classes = 28, Features = 10, MissingValues = MissingValues.Propagate)]
public sealed partial class Double28x10Propagating;

[SoftmaxModel(Classes = 29, Features = 22)]
public sealed partial class Double29x22;
