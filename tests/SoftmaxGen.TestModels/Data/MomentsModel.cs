namespace SoftmaxGen.TestModels.Data;

[SoftmaxModel(Classes = 2, Features = 3)]
public sealed partial class MomentsModel;
