namespace SoftmaxGen.Data.Columns;

/// <summary>A column whose fields are truth values; as numbers they count 1 and 0.</summary>
internal abstract class TruthColumn(string name) : Column(name)
{
    public override bool IsText => false;

    public override ReadOnlySpan<char> Text(int row) => IsMissing(row) ? "" : Value(row) ? "true" : "false";

    public override bool TryGet(int row, out double value)
    {
        value = Value(row) ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out float value)
    {
        value = Value(row) ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out decimal value)
    {
        value = Value(row) ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out long value)
    {
        value = Value(row) ? 1 : 0;
        return true;
    }

    public override bool TryGet(int row, out bool value)
    {
        value = Value(row);
        return true;
    }

    /// <summary>Gets a truth value.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    protected abstract bool Value(int row);
}
