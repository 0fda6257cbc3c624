using System.Diagnostics.CodeAnalysis;

namespace SoftmaxGen.Onnx;

/// <summary>Compares the names in a file with those of a model.</summary>
internal static class NameLists
{
    /// <summary>What a message has room for.</summary>
    private const int MostNamed = 20;

    /// <summary>Checks that the names are the same, in the same order.</summary>
    /// <param name="what">What has the names: <c>classes</c> or <c>features</c>.</param>
    /// <param name="file">The names in the file.</param>
    /// <param name="model">The names of the model.</param>
    /// <exception cref="ModelFormatException">They differ.</exception>
    public static void Check(string what, IReadOnlyList<string> file, IReadOnlyList<string> model)
    {
        if (!file.SequenceEqual(model, StringComparer.Ordinal))
        {
            Refuse(what, file, model);
        }
    }

    /// <summary>Refuses a file for its names.</summary>
    /// <param name="what">What has the names: <c>classes</c> or <c>features</c>.</param>
    /// <param name="file">The names in the file.</param>
    /// <param name="model">The names of the model.</param>
    /// <exception cref="ModelFormatException">Always.</exception>
    [DoesNotReturn]
    public static void Refuse(string what, IReadOnlyList<string> file, IReadOnlyList<string> model) =>
        throw new ModelFormatException($"The {what} are {Describe(file)} in the file; in the model they are {Describe(model)}.");

    /// <summary>Lists names for a message, the first of many.</summary>
    public static string Describe(IReadOnlyList<string> names) => names.Count == 0
        ? "without names"
        : $"[{string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? $", … {names.Count} in all" : "")}]";
}
