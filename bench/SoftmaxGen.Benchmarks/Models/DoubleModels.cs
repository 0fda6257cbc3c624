namespace SoftmaxGen.Benchmarks.Models;

/// <summary>The shapes that are measured, in double precision: small ones, iris, digits and letters, and one beyond the first-level cache.</summary>
[SoftmaxModel(Classes = 2, Features = 4)]
public sealed partial class Double2x4;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 2, Features = 2)]
public sealed partial class Double2x2;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 2, Features = 8)]
public sealed partial class Double2x8;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 2, Features = 16)]
public sealed partial class Double2x16;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 2, Features = 21)]
public sealed partial class Double2x21;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 3, Features = 4)]
public sealed partial class Double3x4;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 4, Features = 8)]
public sealed partial class Double4x8;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 2, Features = 30)]
public sealed partial class Double2x30;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 10, Features = 16)]
public sealed partial class Double10x16;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 10, Features = 64)]
public sealed partial class Double10x64;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 7, Features = 54)]
public sealed partial class Double7x54;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 26, Features = 16)]
public sealed partial class Double26x16;

/// <inheritdoc cref="Double2x4"/>
[SoftmaxModel(Classes = 100, Features = 32)]
public sealed partial class Double100x32;
