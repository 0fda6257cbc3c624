namespace SoftmaxGen.Cold;

/// <summary>The model of irises.</summary>
[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class Model3x4;

/// <summary>A larger model.</summary>
[SoftmaxModel(Classes = 10, Features = 64)]
internal sealed partial class Model10x64;
