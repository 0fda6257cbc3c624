using System.Reflection;

namespace SoftmaxGen.Tests.Oracles;

/// <summary>The generated kernels of a model, which stand in a namespace named after the model.</summary>
internal static class GeneratedKernels
{
    /// <summary>Finds a class of kernels.</summary>
    /// <param name="model">The model: neither nested nor generic, and without underscores in its name.</param>
    /// <param name="bits">The width of the vectors; 0 for the class that chooses the width.</param>
    public static Type Of(Type model, int bits = 0) => model.Assembly.GetType(
        $"SoftmaxGen.Generated.{model.FullName!.Replace('.', '_')}.SoftmaxKernels{(bits == 0 ? "" : bits)}",
        throwOnError: true)!;

    /// <summary>Finds a kernel; null where the class has none of the name.</summary>
    public static MethodInfo? Method(Type model, int bits, string name) =>
        Of(model, bits).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
}
