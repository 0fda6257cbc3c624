namespace SoftmaxGen.Arm;

[SoftmaxModel(Classes = 2, Features = 30)]
internal sealed partial class Model2x30;

[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class Model3x4;

[SoftmaxModel(Classes = 4, Features = 8)]
internal sealed partial class Model4x8;

[SoftmaxModel(Classes = 10, Features = 16)]
internal sealed partial class Model10x16;

[SoftmaxModel(Classes = 10, Features = 64)]
internal sealed partial class Model10x64;

[SoftmaxModel(Classes = 26, Features = 16)]
internal sealed partial class Model26x16;

[SoftmaxModel(Classes = 10, Features = 16, Precision = SoftmaxPrecision.Single)]
internal sealed partial class Single10x16;
