namespace SoftmaxGen.Data.Columns;

/// <summary>A column of a type that nothing is made of: it is refused when it is asked for.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="file">What messages call the file.</param>
/// <param name="type">What the file calls the type.</param>
internal sealed class OtherColumn(string name, string file, string type) : Column(name)
{
    public override bool IsText => throw Refusal();

    public override bool IsMissing(int row) => throw Refusal();

    public override ReadOnlySpan<char> Text(int row) => throw Refusal();

    public override bool TryGet(int row, out double value) => throw Refusal();

    public override bool TryGet(int row, out float value) => throw Refusal();

    public override bool TryGet(int row, out decimal value) => throw Refusal();

    public override bool TryGet(int row, out long value) => throw Refusal();

    public override bool TryGet(int row, out bool value) => throw Refusal();

    private DataFileException Refusal() => new(
        new DataFilePlace(file) { Column = Name },
        $"the column is of type {type}, and no numbers, truth values or text; convert it where the file is written.");
}
