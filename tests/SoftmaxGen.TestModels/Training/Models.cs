namespace SoftmaxGen.TestModels.Training;

/// <summary>The shape of the wines.</summary>
[SoftmaxModel(Classes = 3, Features = 13, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single3x13;
