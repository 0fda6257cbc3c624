using System.Buffers;
using System.Numerics;

namespace SoftmaxGen;

/// <summary>Room for the features of one row of a program's own type: rented, because a row may be longer than a stack should bear.</summary>
internal readonly ref struct RowFeatures<TModel, T, TLabel, TRow> : IDisposable
    where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    private readonly T[] _rented;

    /// <summary>Initializes a new instance of the <see cref="RowFeatures{TModel, T, TLabel, TRow}"/> struct.</summary>
    public RowFeatures() => _rented = ArrayPool<T>.Shared.Rent(TModel.Shape.Features);

    /// <summary>Reads a row. What was read before is gone.</summary>
    /// <exception cref="ArgumentNullException">The row is null.</exception>
    public ReadOnlySpan<T> Read(in TRow row, string parameterName)
    {
        // Another thread may take a row away that was there a moment ago.
        TRow own = row;
        if (own is null)
        {
            throw new ArgumentNullException(parameterName);
        }

        Span<T> features = _rented.AsSpan(0, TModel.Shape.Features);
        TModel.CopyFeatures(in own, features);
        return features;
    }

    /// <summary>Gives the room back.</summary>
    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
