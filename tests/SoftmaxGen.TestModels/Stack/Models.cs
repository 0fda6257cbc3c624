namespace SoftmaxGen.TestModels.Stack;

// As frugal with the stack as the attribute allows: a large share of it, a small share, none.

[SoftmaxModel(Classes = 10, Features = 64, MaxStackBytes = 32768)]
public sealed partial class Frugal10x64;

[SoftmaxModel(Classes = 3, Features = 4, MaxStackBytes = 32768)]
public sealed partial class Frugal3x4;

[SoftmaxModel(Classes = 1000, Features = 16, MaxStackBytes = 32768)]
public sealed partial class Frugal1000x16;
