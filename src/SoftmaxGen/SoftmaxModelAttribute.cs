namespace SoftmaxGen;

/// <summary>
/// Marks a partial class as a softmax (multinomial logistic) regression of a fixed shape. The SoftmaxGen source generator writes
/// the rest of the class: loss, gradient, training and prediction for exactly this many classes and features.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/typed-models.md">models of your own types</see>.</remarks>
/// <example>
/// <code>
/// [SoftmaxModel(Classes = 3, Features = 4)]
/// public sealed partial class IrisModel;
/// </code>
/// </example>
public sealed class SoftmaxModelAttribute : ModelSettingsAttribute;
