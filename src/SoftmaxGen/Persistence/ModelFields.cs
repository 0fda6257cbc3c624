namespace SoftmaxGen.Persistence;

/// <summary>
/// What the JSON form of model files is made of, specified in <c>docs/model-files.md</c>. The library and the generator read it: this file is compiled into
/// both.
/// </summary>
internal static class ModelFields
{
    /// <summary>The format's name.</summary>
    public const string FormatName = "softmaxgen-model";

    /// <summary>The version that is read and written.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The checksum of a file that people edit by hand.</summary>
    public const string Unchecked = "none";

    /// <summary>The author's own fields begin with this; they are passed over.</summary>
    public const string OwnPrefix = "x-";

    /// <summary>How deep objects and arrays may nest. The file's own nest three deep; the rest is for the author's fields.</summary>
    public const int MaxDepth = 8;

    /// <summary>The precision of <see cref="double"/>.</summary>
    public const string DoublePrecision = "double";

    /// <summary>The precision of <see cref="float"/>.</summary>
    public const string SinglePrecision = "single";

    public const string Format = "format";
    public const string Version = "version";
    public const string Classes = "classes";
    public const string Features = "features";
    public const string Precision = "precision";
    public const string FirstLabel = "firstLabel";
    public const string Labels = "labels";
    public const string Fingerprint = "fingerprint";
    public const string ClassNames = "classNames";
    public const string FeatureNames = "featureNames";
    public const string Weights = "weights";
    public const string Standardization = "standardization";
    public const string Means = "means";
    public const string Deviations = "deviations";
    public const string Temperature = "temperature";
    public const string Checksum = "checksum";
    public const string Training = "training";
    public const string FeatureMeans = "featureMeans";
    public const string FeatureDeviations = "featureDeviations";
}
