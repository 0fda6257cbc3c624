namespace SoftmaxGen.Extensions.Hosting;

/// <summary>A row of feedback that waits.</summary>
/// <typeparam name="T">The type of features.</typeparam>
/// <param name="Features">A rented array that begins with the features.</param>
/// <param name="Label">The number of the label.</param>
internal readonly record struct FeedbackRow<T>(T[] Features, int Label);
