using System.ComponentModel;

namespace SoftmaxGen.CompilerServices;

/// <summary>Labels that a model lists or names, as the numbers that kernels and training know. For generated code and the training set alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeclaredLabels
{
    /// <summary>Converts labels to the indices of their classes.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The index of each row's class, from 0.</returns>
    /// <exception cref="ArgumentException">A label is that of no class.</exception>
    public static int[] ToIndices(ReadOnlySpan<int> labels, ModelShape shape, string parameterName)
    {
        int[] indices = new int[labels.Length];
        for (int row = 0; row < indices.Length; row++)
        {
            indices[row] = shape.IndexOf(labels[row]);
            if (indices[row] < 0)
            {
                throw Guard.UnknownLabel(labels[row], row, shape, parameterName);
            }
        }

        return indices;
    }

    /// <summary>Converts the names of classes to their labels.</summary>
    /// <param name="names">The name of each row's class, compared ordinally.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The label of each row.</returns>
    /// <exception cref="ArgumentException">A name is null, or that of no class.</exception>
    public static int[] FromNames(ReadOnlySpan<string> names, ModelShape shape, string parameterName)
    {
        Dictionary<string, int> labels = new(shape.Classes, StringComparer.Ordinal);
        for (int index = 0; index < shape.Classes; index++)
        {
            labels.Add(shape.ClassNames[index], shape.Label(index));
        }

        int[] numbers = new int[names.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = names[row] is { } name && labels.TryGetValue(name, out int label)
                ? label
                : throw UnknownName(names[row], row, shape, parameterName);
        }

        return numbers;
    }

    private static ArgumentException UnknownName(string? name, int row, ModelShape shape, string parameterName)
    {
        const int MostNames = 10;
        string names = string.Join(", ", shape.ClassNames.Take(MostNames).Select(static known => $"'{known}'"));
        return new ArgumentException(
            $"The label of row {row} is {(name is null ? "null" : $"'{name}'")}; the classes are {names}{(shape.Classes > MostNames ? ", …" : "")}.",
            parameterName);
    }
}
