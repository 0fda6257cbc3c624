namespace SoftmaxGen.TestModels.Kernels;

// Probabilities of batches of these have lanes that are classes: two and three vectors of them, and from none to three pairs of the others, the last
// of which repeats a class where their number is odd; features that end with a transpose of eight, or with pairs, or beyond the straight code.
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
