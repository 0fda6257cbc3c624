using SoftmaxGen;

/// <summary>Three species of iris from four measurements, in double precision.</summary>
[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class IrisModel;

/// <summary>The same in single precision, with labels from 1 on.</summary>
[SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1, Precision = SoftmaxPrecision.Single)]
internal sealed partial class SingleIrisModel;
