namespace SoftmaxGen.Onnx.Importing;

/// <summary>Finds the classes of a file among those of a model.</summary>
internal static class ClassPlaces
{
    /// <summary>Finds the index of each class of a file in the model.</summary>
    /// <param name="classifier">The classifier, of as many classes as the model.</param>
    /// <param name="stated">The names of its classes in the metadata; none for classes without names, null when the file does not say.</param>
    /// <param name="shape">The model.</param>
    /// <returns>The indices, each once; those of the file where it says nothing about its classes.</returns>
    /// <exception cref="ModelFormatException">The file has other classes.</exception>
    public static int[] Find(ImportedClassifier classifier, IReadOnlyList<string>? stated, ModelShape shape)
    {
        if (stated is { Count: 0 } || (stated is not null && classifier.ClassNames.Count > 0))
        {
            // A file of ours says the same in two places, and that its classes have no names where they have none.
            NameLists.Check("classes", stated, stated.Count == 0 ? shape.ClassNames : classifier.ClassNames);
        }

        return classifier.ClassLabels.Count > 0
            ? ByLabel(classifier.ClassLabels, shape)
            : ByName(classifier.ClassNames.Count > 0 ? classifier.ClassNames : stated ?? [], shape);
    }

    private static int[] ByLabel(IReadOnlyList<long> labels, ModelShape shape)
    {
        int[] places = [.. labels.Select(label => label is >= int.MinValue and <= int.MaxValue ? shape.IndexOf((int)label) : -1)];
        return places.Contains(-1) || places.Distinct().Count() != places.Length
            ? throw new ModelFormatException(
                $"The classes have the labels {NameLists.Describe([.. labels.Select(static label => $"{label}")])} in the file; in the model they have "
                + $"{(shape.Labels.Count == 0 ? $"{shape.FirstLabel} to {shape.LastLabel}" : string.Join(", ", shape.Labels))}.")
            : places;
    }

    // Texts are names, or labels where the model's classes have no names.
    private static int[] ByName(IReadOnlyList<string> names, ModelShape shape)
    {
        string[] titles = [.. Enumerable.Range(0, shape.Classes).Select(shape.ClassName)];
        if (names.Count == 0)
        {
            return [.. titles.Select(static (_, j) => j)];
        }

        int[] places = [.. names.Select(name => Array.IndexOf(titles, name))];
        if (places.Length != titles.Length || places.Contains(-1) || places.Distinct().Count() != places.Length)
        {
            NameLists.Refuse("classes", names, shape.ClassNames);
        }

        return places;
    }
}
