using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>What a model makes of the weights files there are: the weights to bake in, or the rule that is broken.</summary>
/// <param name="Weights">The weights; null when a rule is broken, or when the model does without a file that is missing.</param>
/// <param name="Violation">The broken rule; null when there is none.</param>
/// <param name="Document">The file that is at fault itself; null when it is the attribute that is to be mended, or the two do not fit.</param>
internal sealed record WeightsVerdict(BakedWeights? Weights, Violation? Violation = null, WeightsDocument? Document = null);
