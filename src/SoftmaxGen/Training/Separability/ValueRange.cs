namespace SoftmaxGen.Training.Separability;

/// <summary>Where the values of a feature lie.</summary>
internal readonly record struct ValueRange(double Low, double High, int AtLow, int AtHigh)
{
    /// <summary>Gets the range of no value.</summary>
    public static ValueRange Empty { get; } = new(double.PositiveInfinity, double.NegativeInfinity, 0, 0);

    /// <summary>Computes the range of the values of two.</summary>
    public ValueRange With(ValueRange other) => new(
        Math.Min(Low, other.Low),
        Math.Max(High, other.High),
        (Low <= other.Low ? AtLow : 0) + (other.Low <= Low ? other.AtLow : 0),
        (High >= other.High ? AtHigh : 0) + (other.High >= High ? other.AtHigh : 0));
}
