using System.Numerics;

namespace SoftmaxGen.Data.Columns;

/// <summary>A column of numbers in an array.</summary>
/// <typeparam name="TNumber">The type of the numbers.</typeparam>
/// <param name="name">The name of the column.</param>
/// <param name="values">The numbers.</param>
/// <param name="isMissing">Which are missing; empty where none is.</param>
internal sealed class ArrayColumn<TNumber>(string name, ReadOnlyMemory<TNumber> values, bool[] isMissing) : NumberColumn<TNumber>(name)
    where TNumber : struct, INumber<TNumber>
{
    protected override ReadOnlySpan<TNumber> Values => values.Span;

    protected override bool HasMissing => isMissing.Length > 0;

    public override bool IsMissing(int row) => (isMissing.Length > 0 && isMissing[row]) || TNumber.IsNaN(Values[row]);
}
