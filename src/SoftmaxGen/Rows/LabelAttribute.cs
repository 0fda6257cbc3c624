namespace SoftmaxGen;

/// <summary>
/// Marks the member of a row type that holds the row's label: of the model's enum, or an <see cref="int"/> that runs like its values. It is no feature,
/// and rows that carry it can be trained on without labels beside them. On a parameter of a record it speaks of the property of that name.
/// </summary>
/// <example>
/// <code>
/// public readonly record struct Flower(double SepalLength, double PetalLength, [Label] Species Species = default);
///
/// TrainingResult&lt;FlowerModel&gt; result = FlowerModel.Train(flowers);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class LabelAttribute : Attribute;
