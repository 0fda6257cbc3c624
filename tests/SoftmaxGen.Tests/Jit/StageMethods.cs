using System.Reflection;

namespace SoftmaxGen.Tests.Jit;

/// <summary>The methods of generated kernels that have the loops over rows, or over a row: where the time goes.</summary>
internal static class StageMethods
{
    /// <summary>Gets the names of the stages, with <c>*</c> for the number of contrasts that a method takes.</summary>
    public static IReadOnlyList<string> Names { get; } = 
    [
        "Scores", "Softmax", "WeightedSoftmax", "Direct", "ShortRows", "Gradient*", "Probabilities", "SoftmaxPairs", "Hessian*", "RowScores",
        "Normalize", "BatchScores", "BatchBest", "BatchExponentials", "ClassPair", "ClassRows", "SparseScores", "SparseProbabilities",
    ];

    /// <summary>Finds the stages of all models of the probe.</summary>
    /// <param name="vectorBits">The width of the vectors.</param>
    /// <returns>The names as the JIT writes them.</returns>
    public static IReadOnlyCollection<string> Of(int vectorBits) =>
    [
        .. from type in Assembly.Load("SoftmaxGen.JitProbe").GetTypes()
           where type.Name == $"SoftmaxKernels{vectorBits}"
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where IsStage(method.Name)
           select $"{type.FullName}:{method.Name}",
    ];

    // Gradient and Hessian without a number hand the contrasts out to the methods that have one.
    private static bool IsStage(string method) => Names.Any(name => name.EndsWith('*')
        ? method.StartsWith(name[..^1], StringComparison.Ordinal) && char.IsAsciiDigit(method[^1])
        : method == name);
}
