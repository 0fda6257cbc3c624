namespace SoftmaxGen.JitProbe.Models;

[SoftmaxModel(Classes = 2, Features = 30, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single2x30;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single3x4;

[SoftmaxModel(Classes = 26, Features = 16, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single26x16;

[SoftmaxModel(Classes = 100, Features = 784, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single100x784;
