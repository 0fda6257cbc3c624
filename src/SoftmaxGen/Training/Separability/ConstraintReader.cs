using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen.Training.Separability;

/// <summary>
/// Reads the rows of a training set as constraints on a direction <c>D</c> (<c>C x (m+1)</c>, row-major) that never raises a loss: in a row
/// <c>z = [1, (x_1 - median_1) / distance_1, ...]</c> of class <c>y</c> no score may rise above that of its class, <c>(D_y - D_j)'z >= 0</c>.
/// </summary>
internal sealed class ConstraintReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowStore<T> _rows;
    private readonly TargetShares _shares;
    private readonly Coordinates _coordinates;
    private readonly double[] _rowShares;
    private readonly double[] _row;

    public ConstraintReader(RowStore<T> rows, TargetShares shares, ColumnMoments moments)
    {
        _rows = rows;
        _shares = shares;
        _coordinates = Coordinates.Choose(RobustMoments.Estimate(rows, moments), rows.Classes, l2: 0, standardize: true);
        _rowShares = new double[rows.Classes];
        _row = new double[rows.Features + 1];
    }

    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public int Classes => _rows.Classes;

    /// <summary>Gets the number of columns of a direction, <c>m + 1</c>.</summary>
    public int Columns => _row.Length;

    /// <summary>Gets the row that was read last, <c>z</c>.</summary>
    public ReadOnlySpan<double> Row => _row;

    /// <summary>Gets the class of that row, the one with the largest share where the label is soft.</summary>
    public int ClassIndex { get; private set; }

    /// <summary>Reads a row.</summary>
    /// <returns>Whether it counts: a row of weight 0 does not.</returns>
    public bool Read(int row)
    {
        if (_rows.RowWeight(row) == 0)
        {
            return false;
        }

        ClassIndex = _rows.ClassIndex(row);
        _shares.Compute(_rows.Targets(row), ClassIndex, _rowShares);
        _row[0] = 1;
        _rows.ReadRow(row, _row.AsSpan(1));
        _coordinates.Centre(_row, _row);
        return true;
    }

    /// <summary>Reads the rows that count, one after the other.</summary>
    /// <returns>The index of the row that was read last.</returns>
    public IEnumerable<int> ReadAll()
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            if (Read(row))
            {
                yield return row;
            }
        }
    }

    /// <summary>Says whether the row that was read last is a row of a class, in part at least.</summary>
    public bool IsOf(int classIndex) => _rowShares[classIndex] > 0;

    /// <summary>Reads the raw features of a row.</summary>
    public void ReadFeatures(int row, Span<double> features) => _rows.ReadRow(row, features);

    /// <summary>Turns a direction by the standardised features into one by the raw features.</summary>
    public void ToRaw(Span<double> direction) => _coordinates.ToWeights(direction, direction);

    /// <summary>Turns weights of raw features into those of the standardised features.</summary>
    public void ToStandardized(Span<double> weights) => _coordinates.ToPoint(weights);
}
