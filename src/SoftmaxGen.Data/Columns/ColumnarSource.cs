using System.Numerics;
using SoftmaxGen.Data.Rows;

namespace SoftmaxGen.Data.Columns;

/// <summary>Rows that lie in columns, part by part: row groups or record batches.</summary>
internal abstract class ColumnarSource(string name) : RowSource(name)
{
    private IReadOnlyCollection<int> _selected = [];
    private IReadOnlyList<string> _missing = [];
    private Column?[] _columns = [];
    private int _count;
    private int _next;
    private long _rowsBefore;
    private bool _hasEnded;

    public override int Row => _next - 1;

    public override void Select(IReadOnlyCollection<int> columns, IReadOnlyList<string> missing)
    {
        _selected = columns;
        _missing = missing;
    }

    public override Column Column(int index) => _columns[index]!;

    public override bool NextRow()
    {
        if (!HasRow())
        {
            return false;
        }

        _next++;
        Rows++;
        return true;
    }

    public override int Fill<T>(NumberBatch<T> batch)
    {
        int filled = 0;
        while (filled < batch.Capacity && HasRow())
        {
            int count = Math.Min(batch.Capacity - filled, _count - _next);
            int first = _next;
            int to = filled;
            Damage.Guard(PlaceOf(first), () => batch.Fill(this, first, count, to));
            filled += count;
            _next += count;
            Rows += count;
        }

        return filled;
    }

    public override DataFilePlace PlaceOf(int row) => new(Name, _rowsBefore + row + 1);

    /// <summary>Loads the next part.</summary>
    /// <param name="selected">The columns to load.</param>
    /// <param name="missing">The texts that stand for missing values.</param>
    /// <param name="columns">Receives the columns, each in the place of its index.</param>
    /// <returns>The number of its rows; -1 where there is no more part.</returns>
    protected abstract int Load(IReadOnlyCollection<int> selected, IReadOnlyList<string> missing, Column?[] columns);

    // Libraries meet damaged bytes with whatever exception comes first.
    private bool HasRow()
    {
        while (_next == _count && !_hasEnded)
        {
            _rowsBefore += _count;
            _next = 0;
            _columns = new Column?[ColumnNames.Count];
            _count = Damage.Guard(new DataFilePlace(Name, _rowsBefore + 1), () => Load(_selected, _missing, _columns));
            _hasEnded = _count < 0;
        }

        return !_hasEnded;
    }
}
