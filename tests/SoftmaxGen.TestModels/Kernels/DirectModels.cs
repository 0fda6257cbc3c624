namespace SoftmaxGen.TestModels.Kernels;

// Row-major rows of these are taken as they stand, and so are their labels, which do not begin at 0.
[SoftmaxModel(Classes = 2, Features = 11, FirstLabel = 1)]
public sealed partial class Double2x11From1;

[SoftmaxModel(Classes = 2, Features = 19, FirstLabel = -3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x19FromMinus3;
