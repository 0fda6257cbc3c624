using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>A weights file as read: its contents, or why it has none.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Contents">The contents; null when there is a problem.</param>
/// <param name="Problem">The problem; null when there are contents.</param>
internal sealed record WeightsDocument(string Path, BakedWeights? Contents, WeightsProblem? Problem);
