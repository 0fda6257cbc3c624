namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>What is done with a row.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name.</param>
internal sealed record Measure(int Index, string Name)
{
    /// <summary>Gets the loss and gradient of packed rows.</summary>
    public static Measure Packed { get; } = new(0, "packed");

    /// <summary>Gets the label of one row.</summary>
    public static Measure Label { get; } = new(1, "label");

    /// <summary>Gets the probabilities of one row.</summary>
    public static Measure Probabilities { get; } = new(2, "probabilities");

    /// <summary>Gets the probabilities of a batch of rows.</summary>
    public static Measure Batch { get; } = new(3, "batch");

    /// <summary>Gets all, in the order of their numbers.</summary>
    public static IReadOnlyList<Measure> All { get; } = [Packed, Label, Probabilities, Batch];
}
