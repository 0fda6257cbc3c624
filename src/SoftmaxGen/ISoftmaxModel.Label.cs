using System.Numerics;

namespace SoftmaxGen;

/// <summary>What a model offers besides whose classes are the members of an enum, for code that is generic over such models.</summary>
/// <typeparam name="TSelf">The model class itself.</typeparam>
/// <typeparam name="T">The type of features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <typeparam name="TLabel">The enum.</typeparam>
public interface ISoftmaxModel<TSelf, T, TLabel> : ISoftmaxModel<TSelf, T>
    where TSelf : class, ISoftmaxModel<TSelf, T, TLabel>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    /// <summary>Finds the most probable class of one row. Ties go to the class that comes first: that of the lowest value.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <returns>The label of the class with the largest score.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or a score overflows.</exception>
    new TLabel Predict(ReadOnlySpan<T> features);

    /// <summary>Finds the most probable class of each row.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">Receives the <c>n</c> labels.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a feature is not finite, or a score overflows.</exception>
    void PredictBatch(ReadOnlySpan<T> rows, Span<TLabel> labels);
}
