using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SoftmaxGen.Onnx;

/// <summary>
/// What a file says about its model beside the graph: the fingerprint, the labels, and the names of classes and features, each as a JSON
/// array. Files of other origin say nothing.
/// </summary>
internal static class ModelMetadata
{
    private const string Fingerprint = "softmaxgen.fingerprint";
    private const string FirstLabel = "softmaxgen.first_label";
    private const string Labels = "softmaxgen.labels";
    private const string Counted = "counted from the first";
    private const string ClassNames = "softmaxgen.class_names";
    private const string FeatureNames = "softmaxgen.feature_names";

    /// <summary>Lists what to write about a model.</summary>
    public static IReadOnlyDictionary<string, string> Create(ModelShape shape)
    {
        Dictionary<string, string> metadata = new()
        {
            [Fingerprint] = shape.Fingerprint,
            [FirstLabel] = shape.FirstLabel.ToString(CultureInfo.InvariantCulture),
            [ClassNames] = ToJson(shape.ClassNames),
            [FeatureNames] = ToJson(shape.FeatureNames),
        };
        if (List(shape) is { } labels)
        {
            metadata.Add(Labels, labels);
        }

        return metadata;
    }

    /// <summary>Decides whether a file comes from a model whose names and labels were others and that this model admits.</summary>
    public static bool IsOfPredecessor(IReadOnlyDictionary<string, string> metadata, ModelShape shape) =>
        metadata.TryGetValue(Fingerprint, out string? fingerprint) && shape.AcceptedFingerprints.Contains(fingerprint, StringComparer.Ordinal);

    /// <summary>Reads the names of the classes.</summary>
    /// <returns>The names, none for a model whose classes have none; null when the file does not say.</returns>
    /// <exception cref="ModelFormatException">The entry is no list of names.</exception>
    public static IReadOnlyList<string>? ReadClassNames(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(ClassNames, out string? classes) ? FromJson(classes, ClassNames) : null;

    /// <summary>Compares what a file says, but for the names of its classes, with the model it is read for.</summary>
    /// <exception cref="ModelFormatException">The file is of a model with other labels, or other names of features.</exception>
    public static void Check(IReadOnlyDictionary<string, string> metadata, ModelShape shape)
    {
        if (metadata.TryGetValue(FirstLabel, out string? label) && label != shape.FirstLabel.ToString(CultureInfo.InvariantCulture))
        {
            throw new ModelFormatException($"The first label of the file is {label}; that of the model is {shape.FirstLabel}.");
        }

        if (label is not null && metadata.GetValueOrDefault(Labels) is var labels && labels != List(shape))
        {
            throw new ModelFormatException($"The labels of the file are {labels ?? Counted}; those of the model are {List(shape) ?? Counted}.");
        }

        if (metadata.TryGetValue(FeatureNames, out string? features))
        {
            NameLists.Check("features", FromJson(features, FeatureNames), shape.FeatureNames);
        }
    }

    // Labels that are counted need no list.
    private static string? List(ModelShape shape) => shape.Labels.Count == 0
        ? null
        : $"[{string.Join(',', shape.Labels.Select(static label => label.ToString(CultureInfo.InvariantCulture)))}]";

    private static string ToJson(IReadOnlyList<string> names) => new JsonArray([.. names.Select(static name => JsonValue.Create(name))]).ToJsonString();

    private static IReadOnlyList<string> FromJson(string json, string key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(static name => name.GetString() ?? "")];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"The metadata entry '{key}' is not a JSON array of names.", exception);
        }
    }
}
