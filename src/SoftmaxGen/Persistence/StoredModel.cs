namespace SoftmaxGen.Persistence;

/// <summary>What a file says of a model, checked.</summary>
/// <typeparam name="T">The type of the weights.</typeparam>
/// <param name="Weights">The weights for raw features, <c>C x (m+1)</c>, row-major.</param>
/// <param name="Moments">The moments of the features in the training rows; null when the file has none.</param>
internal readonly record struct StoredModel<T>(T[] Weights, FeatureMoments? Moments);
