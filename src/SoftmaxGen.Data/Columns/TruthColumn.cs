namespace SoftmaxGen.Data.Columns;

/// <summary>A column whose fields are truth values; as numbers they count 1 and 0.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="field">Gets a field; null where it is missing.</param>
internal sealed class TruthColumn(string name, Func<int, bool?> field) : Column(name)
{
    public override bool IsText => false;

    public override bool IsMissing(int row) => field(row) is null;

    public override ReadOnlySpan<char> Text(int row) => field(row) switch
    {
        null => "",
        true => "true",
        false => "false",
    };

    public override bool TryGet(int row, out double value)
    {
        value = field(row) == true ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out float value)
    {
        value = field(row) == true ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out decimal value)
    {
        value = field(row) == true ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out long value)
    {
        value = field(row) == true ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out bool value)
    {
        value = field(row) == true;
        return true;
    }
}
