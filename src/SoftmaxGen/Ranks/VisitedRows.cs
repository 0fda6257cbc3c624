using System.Runtime.InteropServices;
using SoftmaxGen.Data;

namespace SoftmaxGen.Ranks;

/// <summary>
/// Some rows of a rank as numbers, for the others to look at: whether there are more; then of each row its class, its weight, and its vectors.
/// </summary>
internal sealed class VisitedRows(int columns, int targets, int offsets)
{
    private const int BeforeRows = 1;
    private const int BeforeColumns = 2;

    private readonly List<double> _numbers = [];
    private int _rows;

    /// <summary>Gets the rows as numbers; none for a rank whose turn it is not.</summary>
    public ReadOnlySpan<double> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>Sets a value indicating whether more rows follow in the next batch.</summary>
    public bool GoesOn
    {
        set
        {
            if (_numbers.Count == 0)
            {
                _numbers.Add(0);
            }

            _numbers[0] = value ? 1 : 0;
        }
    }

    /// <summary>Decides whether more rows of the same rank follow.</summary>
    public static bool Continues(ReadOnlySpan<double> numbers) => numbers[0] != 0;

    /// <summary>Takes all rows out.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _rows = 0;
    }

    /// <summary>Adds a row.</summary>
    public int Add(TrainingRow row)
    {
        if (_rows == 0)
        {
            _numbers.Add(0);
        }

        _numbers.Add(row.ClassIndex);
        _numbers.Add(row.Weight);
        _numbers.AddRange(row.Columns);
        _numbers.AddRange(row.Targets);
        _numbers.AddRange(row.Offsets);
        return ++_rows;
    }

    /// <summary>Shows rows to a visitor, one by one, until it has seen enough.</summary>
    /// <returns>Whether it would look at more.</returns>
    public bool Show(ReadOnlySpan<double> numbers, RowVisitor visitor)
    {
        bool goesOn = true;
        int length = BeforeColumns + columns + targets + offsets;
        for (ReadOnlySpan<double> rest = numbers[BeforeRows..]; goesOn && !rest.IsEmpty; rest = rest[length..])
        {
            goesOn = visitor(new TrainingRow
            {
                ClassIndex = (int)rest[0],
                Weight = rest[1],
                Columns = rest.Slice(BeforeColumns, columns),
                Targets = rest.Slice(BeforeColumns + columns, targets),
                Offsets = rest.Slice(BeforeColumns + columns + targets, offsets),
            });
        }

        return goesOn;
    }
}
