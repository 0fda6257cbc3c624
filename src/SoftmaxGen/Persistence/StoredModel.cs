namespace SoftmaxGen.Persistence;

/// <summary>What a file says of a model, checked.</summary>
internal readonly record struct StoredModel<T>(T[] Weights, FeatureMoments? Moments);
