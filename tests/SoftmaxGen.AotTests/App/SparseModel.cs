using SoftmaxGen;

/// <summary>Baked weights, most of them zero: predictions of one row skip the products with zeros.</summary>
[SoftmaxModel(Classes = 3, Features = 30, Weights = "sparse.softmax.json")]
internal sealed partial class SparseModel;
