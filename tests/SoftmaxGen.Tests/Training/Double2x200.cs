namespace SoftmaxGen.Tests.Training;

/// <summary>The longest rows that a training here has.</summary>
[SoftmaxModel(Classes = 2, Features = 200)]
internal sealed partial class Double2x200;
