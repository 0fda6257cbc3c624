using System.Reflection;

namespace SoftmaxGen.Tests.Jit;

/// <summary>The methods of generated kernels that have the loops over rows, or over a row: where the time goes.</summary>
internal static class StageMethods
{
    // They call stages.
    private static readonly string[] _drivers =
        ["AddTile", "AddWeightedTile", "AddProductTile", "AddHessianTile", "AddHessianSumsTo", "AddBlocks", "TileProbabilities", "Gradient", "Hessian"];

    // They call stages where the scores of a row wait in memory.
    private static readonly string[] _rowMembers = ["RowBest", "RowProbabilities", "SparseBest", "SparseProbabilities"];

    /// <summary>Finds the stages of all models of the probe: every method that is not inlined, but for drivers.</summary>
    /// <param name="vectorBits">The width of the vectors.</param>
    /// <returns>The names as the JIT writes them.</returns>
    public static IReadOnlyCollection<string> Of(int vectorBits) =>
    [
        .. (from type in Assembly.Load("SoftmaxGen.JitProbe").GetTypes()
            where type.Name == $"SoftmaxKernels{vectorBits}"
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where IsStage(type, method)
            select $"{type.FullName}:{method.Name}").Distinct(),
    ];

    private static bool IsStage(Type type, MethodInfo method) =>
        !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
        && !_drivers.Contains(method.Name)
        && !(_rowMembers.Contains(method.Name) && type.GetMethod("Normalize", BindingFlags.Static | BindingFlags.NonPublic) is not null);
}
