namespace SoftmaxGen.Generator;

/// <summary>The names of the pipeline's steps, by which tests ask whether a step ran again.</summary>
public static class TrackingNames
{
    /// <summary>The valid models of a compilation.</summary>
    public const string Models = "Models";

    /// <summary>The plans of their kernels.</summary>
    public const string Plans = "Plans";
}
