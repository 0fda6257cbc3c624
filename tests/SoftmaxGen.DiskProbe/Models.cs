namespace SoftmaxGen.DiskProbe;

/// <summary>Rows of so many features that a few thousand of them are packed at a time.</summary>
[SoftmaxModel(Classes = 2, Features = 150)]
public sealed partial class WideModel;

/// <summary>The shape of the large files: 60 bytes of features a row, and 4 of its class.</summary>
[SoftmaxModel(Classes = 6, Features = 15, Precision = SoftmaxPrecision.Single)]
public sealed partial class StreamModel;

/// <summary>A model with names, in double precision.</summary>
[SoftmaxModel(Classes = 3, Features = 4, ClassNames = new[] { "a", "b", "c" }, FeatureNames = new[] { "w", "x", "y", "z" })]
public sealed partial class NamedModel;

/// <summary>The same numbers under other names.</summary>
[SoftmaxModel(Classes = 3, Features = 4, ClassNames = new[] { "a", "b", "c" }, FeatureNames = new[] { "w", "x", "z", "y" })]
public sealed partial class OtherNamesModel;

/// <summary>The smallest shape, whose rows are as long as what belongs to them.</summary>
[SoftmaxModel(Classes = 2, Features = 1, Precision = SoftmaxPrecision.Single)]
public sealed partial class SmallestModel;

/// <summary>Many classes, and labels that are not counted from 0.</summary>
[SoftmaxModel(Classes = 17, Features = 5, FirstLabel = 1)]
public sealed partial class ManyClassesModel;
