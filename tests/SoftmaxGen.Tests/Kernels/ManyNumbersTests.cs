namespace SoftmaxGen.Tests.Kernels;

/// <summary>So many rows that with their classes they are more than an <see cref="int"/> counts: the message has the number.</summary>
public sealed class ManyNumbersTests
{
    // 26 classes times one more than 2^31 / 26.
    private const int Rows = 82_595_525;
    private const string Numbers = "2147483650";

    // Never touched, so that the system gives no memory for them: lengths are looked at first.
    private readonly double[] _rows = GC.AllocateUninitializedArray<double>(Rows);

    [Fact]
    public void Probabilities_of_a_batch() => AssertRefused(
        "probabilities", () => Double26x1.FromWeights(new double[Double26x1.ParameterCount]).PredictProbabilitiesBatch(_rows, new double[26]));

    [Fact]
    public void Soft_labels() => AssertRefused(
        "targets", () => new TrainingSet<Double26x1, double>(new() { Rows = _rows, Targets = new double[26] }).Dispose());

    [Fact]
    public void Offsets() => AssertRefused(
        "offsets",
        () => new TrainingSet<Double26x1, double>(
            new() { Rows = _rows, Labels = GC.AllocateUninitializedArray<int>(Rows), Offsets = new double[26] }).Dispose());

    private static void AssertRefused(string argument, Action act)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(act);
        Assert.Contains(Numbers, exception.Message, StringComparison.Ordinal);
        Assert.Equal(argument, exception.ParamName, ignoreCase: true);
    }
}
