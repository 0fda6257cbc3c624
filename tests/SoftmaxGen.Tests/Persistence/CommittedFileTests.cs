using SoftmaxGen.TestModels.Persistence;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>
/// A file of every version and form, as it was written then, stays readable. The files are never written again: a new version adds its own.
/// </summary>
public sealed class CommittedFileTests
{
    private static readonly double[] _weights = [.. ReferenceOptima.Find("iris", "raw", 0.1).Weights];

    [Theory]
    [InlineData("iris.v1.double.json")]
    [InlineData("iris.v1.double.bin")]
    public void Files_in_double_keep_their_weights(string name) =>
        Assert.Equal(_weights, NamedIris.Load(Folder.Committed(name)).Weights.ToArray());

    [Theory]
    [InlineData("iris.v1.single.json")]
    [InlineData("iris.v1.single.bin")]
    public void Files_in_single_keep_their_weights(string name) =>
        Assert.Equal(Array.ConvertAll(_weights, static weight => (float)weight), NamedIrisSingle.Load(Folder.Committed(name)).Weights.ToArray());
}
