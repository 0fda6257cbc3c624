using System.Collections.Immutable;

namespace SoftmaxGen.Generator.Reading;

/// <summary>The names that the generated part of a model class declares.</summary>
internal static class ReservedMembers
{
    // The property of a model with baked weights; a model without may use the name.
    private const string Pretrained = "Pretrained";

    // Private generated members have names that begin with one of these, whatever the case.
    private static readonly ImmutableArray<string> _privatePrefixes = ["__softmax", "SoftmaxKernels"];

    private static readonly ImmutableHashSet<string> _methods =
    [
        "CopyFeatures",
        "CreateTrainingSet",
        "Evaluate",
        "Explain",
        "FromWeights",
        "Load",
        "LossAndGradient",
        "Predict",
        "PredictBatch",
        "PredictName",
        "PredictProbabilities",
        "PredictProbabilitiesBatch",
        "PredictScores",
        "PredictTop",
        "PredictWithMargin",
        "Train",
        "TryPredict",
    ];

    private static readonly ImmutableHashSet<string> _others =
    [
        "Classes",
        "FeatureMoments",
        "Features",
        "ParameterCount",
        "Shape",
        "StackBytes",
        "Weights",
    ];

    /// <summary>Decides whether a generated member may have a name.</summary>
    /// <returns>Whether a member of that name can collide at all.</returns>
    public static bool IsReserved(string name) =>
        _others.Contains(name)
        || _methods.Contains(name)
        || name == Pretrained
        || _privatePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Decides whether a member declared by the user collides with a generated one by its name. Overloads of generated methods do
    /// not; a method with the very parameters of a generated one does, and is left to the compiler's own message.
    /// </summary>
    /// <returns>Whether the two cannot live in one class.</returns>
    public static bool Collides(DeclaredMember member, bool isPretrained) =>
        _others.Contains(member.Name)
        || (isPretrained && member.Name == Pretrained)
        || (!member.IsMethod && _methods.Contains(member.Name))
        || _privatePrefixes.Any(prefix => member.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
