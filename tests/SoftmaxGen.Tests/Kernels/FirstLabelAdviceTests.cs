namespace SoftmaxGen.Tests.Kernels;

/// <summary>Labels that are right but for where they begin are answered with where to say so.</summary>
public sealed class FirstLabelAdviceTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 1 }, "row 2 is 3; labels run from 0 to 2. These run from 1 to 3: declare the model with FirstLabel = 1.")]
    [InlineData(new[] { 7, 5, 6 }, "row 0 is 7; labels run from 0 to 2. These run from 5 to 7: declare the model with FirstLabel = 5.")]
    [InlineData(new[] { -1, 0, 1 }, "These run from -1 to 1: declare the model with FirstLabel = -1.")]
    public void Labels_from_elsewhere_suggest_the_first_label(int[] labels, string message) =>
        Assert.Contains(message, Message(labels), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 1, 3, 4 })]
    [InlineData(new[] { 3, 3, 3 })]
    [InlineData(new[] { 0, 1, 3 })]
    [InlineData(new[] { int.MinValue, 0, int.MaxValue })]
    public void Other_labels_do_not(int[] labels) => Assert.DoesNotContain("FirstLabel", Message(labels), StringComparison.Ordinal);

    private static string Message(int[] labels) =>
        Assert.Throws<ArgumentException>(nameof(labels), () => Double3x4.CreateTrainingSet(new double[labels.Length * 4], labels)).Message;
}
