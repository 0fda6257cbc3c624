using System.Reflection;

namespace SoftmaxGen.Tests.Jit;

/// <summary>The methods of generated kernels that have the loops over rows, or over a row: where the time goes.</summary>
internal static class StageMethods
{
    // They call stages of their name and a number, where they have any.
    private static readonly string[] _drivers = ["Gradient", "Hessian"];

    // They call stages where the scores of a row wait in memory.
    private static readonly string[] _rowMembers = ["RowBest", "RowProbabilities", "SparseBest", "SparseProbabilities"];

    /// <summary>
    /// Finds the stages of all models of the probe: every method that is not inlined, but for drivers. What takes a span runs once for a tile or a call: it
    /// prepares weights, calls stages, or adds their sums up.
    /// </summary>
    /// <param name="vectorBits">The width of the vectors.</param>
    /// <returns>The names as the JIT writes them.</returns>
    public static IReadOnlyCollection<string> Of(int vectorBits) =>
    [
        .. (from type in Assembly.Load("SoftmaxGen.JitProbe").GetTypes()
            where type.Name == $"SoftmaxKernels{vectorBits}"
            from method in type.GetMethods(Kernels)
            where IsStage(type, method)
            select $"{type.FullName}:{method.Name}").Distinct(),
    ];

    private const BindingFlags Kernels = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static bool IsStage(Type type, MethodInfo method) =>
        !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
        && !method.GetParameters().Any(static parameter => parameter.ParameterType.IsByRefLike)
        && !method.IsSpecialName
        && !(_drivers.Contains(method.Name) && type.GetMethods(Kernels).Any(other => IsPassOf(method.Name, other.Name)))
        && !(method.Name == "AddUnpacked" && type.GetMethod("Direct", Kernels) is not null)
        && !(_rowMembers.Contains(method.Name) && type.GetMethod("Normalize", Kernels) is not null);

    private static bool IsPassOf(string driver, string other) =>
        other.Length > driver.Length && other.StartsWith(driver, StringComparison.Ordinal) && char.IsAsciiDigit(other[driver.Length]);
}
