using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>What the documentation of generated members says of the model's classes and features: their names, as many as a reader has patience for.</summary>
internal static class ShapeText
{
    private const int MostNames = 8;

    /// <summary>The classes in the order of scores and probabilities: by their names, or else by their labels.</summary>
    public static string Classes(ModelSpec model) => model switch
    {
        { ClassNames.Count: > 0 } => CommentText.List(model.ClassNames, MostNames),
        { Labels.Count: > 0 } => "labels " + CommentText.List([.. model.Labels.Select(static label => $"{label}")], MostNames),
        _ => $"labels {model.FirstLabel} to {model.FirstLabel + model.Classes - 1}",
    };

    /// <summary>The names of the features, after a colon; nothing where they have none.</summary>
    public static string FeatureNames(ModelSpec model) =>
        model.FeatureNames.Count == 0 ? "" : $": {CommentText.List(model.FeatureNames, MostNames)}";
}
