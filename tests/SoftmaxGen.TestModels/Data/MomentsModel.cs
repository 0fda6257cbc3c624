namespace SoftmaxGen.TestModels.Data;

[SoftmaxModel(Classes = 2, Features = 3)]
public sealed partial class MomentsModel;

/// <inheritdoc cref="MomentsModel"/>
[SoftmaxModel(Classes = 2, Features = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class MomentsModelSingle;
