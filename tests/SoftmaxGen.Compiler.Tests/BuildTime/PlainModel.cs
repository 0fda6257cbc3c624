namespace SoftmaxGen.Compiler.Tests.BuildTime;

/// <summary>The same source as <see cref="PlainModels.Source"/>, compiled with the tests.</summary>
[SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1)]
public sealed partial class PlainModel;

/// <summary>The same in single precision.</summary>
[SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1, Precision = SoftmaxPrecision.Single)]
public sealed partial class SingleModel;

/// <summary>The source of these models, for the compiler at run time.</summary>
internal static class PlainModels
{
    public const string Source = """
        using SoftmaxGen;

        [SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1)]
        internal sealed partial class PlainModel;
        """;

    public const string SingleSource = """
        [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1, Precision = SoftmaxGen.SoftmaxPrecision.Single)]
        internal sealed partial class SingleModel;
        """;
}
