namespace SoftmaxGen.TestModels.Packing;

// Rows of every length that generated code packs itself, of so many classes that they are packed at every width.

[SoftmaxModel(Classes = 9, Features = 2, FirstLabel = 3)]
public sealed partial class Double9x2From3;

[SoftmaxModel(Classes = 9, Features = 3, FirstLabel = 3)]
public sealed partial class Double9x3From3;

[SoftmaxModel(Classes = 9, Features = 4, FirstLabel = 3)]
public sealed partial class Double9x4From3;

[SoftmaxModel(Classes = 9, Features = 5, FirstLabel = 3)]
public sealed partial class Double9x5From3;

[SoftmaxModel(Classes = 9, Features = 6, FirstLabel = 3)]
public sealed partial class Double9x6From3;

[SoftmaxModel(Classes = 9, Features = 7, FirstLabel = 3)]
public sealed partial class Double9x7From3;

[SoftmaxModel(Classes = 9, Features = 8, FirstLabel = 3)]
public sealed partial class Double9x8From3;

// In float.

[SoftmaxModel(Classes = 9, Features = 2, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x2From3;

[SoftmaxModel(Classes = 9, Features = 3, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x3From3;

[SoftmaxModel(Classes = 9, Features = 4, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x4From3;

[SoftmaxModel(Classes = 9, Features = 5, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x5From3;

[SoftmaxModel(Classes = 9, Features = 6, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x6From3;

[SoftmaxModel(Classes = 9, Features = 7, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x7From3;

[SoftmaxModel(Classes = 9, Features = 8, FirstLabel = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single9x8From3;
