using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// What a model offers besides whose classes are the members of an enum and whose rows are of a program's own type, for code that is generic over such
/// models.
/// </summary>
/// <typeparam name="TSelf">The model class itself.</typeparam>
/// <typeparam name="T">The type of features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <typeparam name="TLabel">The enum.</typeparam>
/// <typeparam name="TRow">The type of rows.</typeparam>
public interface ISoftmaxModel<TSelf, T, TLabel, TRow> : ISoftmaxModel<TSelf, T, TLabel>
    where TSelf : class, ISoftmaxModel<TSelf, T, TLabel, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    /// <summary>Copies the features of a row into a span, in the order of the model.</summary>
    /// <param name="row">The row.</param>
    /// <param name="features">Receives the <c>m</c> features.</param>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, or the row is null.</exception>
    static abstract void CopyFeatures(in TRow row, Span<T> features);
}
