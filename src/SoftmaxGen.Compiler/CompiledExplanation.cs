namespace SoftmaxGen.Compiler;

/// <summary>Why a class was predicted: by how much its score is above that of the runner-up, against the mean of the training rows.</summary>
/// <param name="Best">The index of the most probable class.</param>
/// <param name="RunnerUp">The index of the class with the second largest score.</param>
/// <param name="AtReference">The lead at the mean of the training rows.</param>
/// <param name="Margin">The lead of the row: <paramref name="AtReference"/> and the contributions of all features.</param>
public readonly record struct CompiledExplanation(int Best, int RunnerUp, double AtReference, double Margin);
