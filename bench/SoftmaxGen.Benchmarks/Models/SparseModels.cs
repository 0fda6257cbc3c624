namespace SoftmaxGen.Benchmarks.Models;

/// <summary>Baked weights of which some are zero: each with the same probability, or those of whole features; the name says how many in a hundred.</summary>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-scattered-50.softmax.json")]
public sealed partial class Scattered10x64Zero50;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-scattered-80.softmax.json")]
public sealed partial class Scattered10x64Zero80;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-scattered-85.softmax.json")]
public sealed partial class Scattered10x64Zero85;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-scattered-90.softmax.json")]
public sealed partial class Scattered10x64Zero90;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-scattered-95.softmax.json")]
public sealed partial class Scattered10x64Zero95;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-features-25.softmax.json")]
public sealed partial class Features10x64Zero25;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-features-50.softmax.json")]
public sealed partial class Features10x64Zero50;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-features-75.softmax.json")]
public sealed partial class Features10x64Zero75;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "10x64-features-90.softmax.json")]
public sealed partial class Features10x64Zero90;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 3, Features = 30, Weights = "3x30-scattered-80.softmax.json")]
public sealed partial class Scattered3x30Zero80;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 7, Features = 54, Weights = "7x54-features-50.softmax.json")]
public sealed partial class Features7x54Zero50;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 26, Features = 16, Weights = "26x16-features-50.softmax.json")]
public sealed partial class Features26x16Zero50;

/// <inheritdoc cref="Scattered10x64Zero50"/>
[SoftmaxModel(Classes = 10, Features = 784, Weights = "10x784-features-75.softmax.json")]
public sealed partial class Features10x784Zero75;

/// <summary>
/// The digits of <c>samples/data</c>, trained with an L1 penalty of 0.01 and without another: the weights of pixels that say nothing are zero.
/// </summary>
[SoftmaxModel(Classes = 10, Features = 64, Weights = "digits-l1.softmax.json")]
public sealed partial class DigitsL1;
