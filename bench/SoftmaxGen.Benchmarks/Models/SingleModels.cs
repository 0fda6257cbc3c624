namespace SoftmaxGen.Benchmarks.Models;

/// <summary>The shapes that are measured, in single precision.</summary>
[SoftmaxModel(Classes = 2, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x4;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single3x4;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 4, Features = 8, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single4x8;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 2, Features = 30, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x30;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 10, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single10x16;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 10, Features = 64, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single10x64;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 7, Features = 54, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single7x54;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 26, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single26x16;

/// <inheritdoc cref="Single2x4"/>
[SoftmaxModel(Classes = 100, Features = 32, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single100x32;
