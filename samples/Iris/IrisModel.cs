using SoftmaxGen;

namespace Iris;

/// <summary>Three species of iris from four measurements. The rest of the class is generated.</summary>
[SoftmaxModel(Classes = 3, Features = 4)]
public sealed partial class IrisModel;
