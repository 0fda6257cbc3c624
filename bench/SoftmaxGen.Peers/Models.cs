namespace SoftmaxGen.Peers;

// The shapes that are compared; of single precision where the peer computes in it.
[SoftmaxModel(Classes = 2, Features = 30)]
internal sealed partial class Double2x30;

[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class Double3x4;

[SoftmaxModel(Classes = 3, Features = 13)]
internal sealed partial class Double3x13;

[SoftmaxModel(Classes = 4, Features = 8)]
internal sealed partial class Double4x8;

[SoftmaxModel(Classes = 10, Features = 16)]
internal sealed partial class Double10x16;

[SoftmaxModel(Classes = 10, Features = 64)]
internal sealed partial class Double10x64;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single3x4;

[SoftmaxModel(Classes = 2, Features = 30, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single2x30;

[SoftmaxModel(Classes = 10, Features = 16, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single10x16;

[SoftmaxModel(Classes = 10, Features = 64, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single10x64;

[SoftmaxModel(Classes = 10, Features = 784, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single10x784;
