namespace SoftmaxGen.Generator;

/// <summary>The names of the pipeline's steps, by which tests ask whether a step ran again.</summary>
public static class TrackingNames
{
    /// <summary>The valid models of each file. Each file keeps its place, so that what appears or vanishes in one moves nothing in another.</summary>
    public const string Files = "Files";

    /// <summary>The valid models of a compilation.</summary>
    public const string Models = "Models";

    /// <summary>Why other models are not valid, where the build asks.</summary>
    public const string Declined = "Declined";

    /// <summary>The plans of their kernels.</summary>
    public const string Plans = "Plans";

    /// <summary>The weights files that models name.</summary>
    public const string WeightsFiles = "WeightsFiles";

    /// <summary>The models with the weights that are baked in.</summary>
    public const string Pretrained = "Pretrained";
}
