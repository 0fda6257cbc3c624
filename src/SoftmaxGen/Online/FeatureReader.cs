namespace SoftmaxGen;

/// <summary>Copies the features of a row into a span: <c>CopyFeatures</c> of a model with a row type.</summary>
/// <typeparam name="TRow">The type of rows.</typeparam>
/// <typeparam name="T">The type of features.</typeparam>
/// <param name="row">The row.</param>
/// <param name="features">Receives the <c>m</c> features.</param>
public delegate void FeatureReader<TRow, T>(in TRow row, Span<T> features);
