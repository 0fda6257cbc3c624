namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>An enum: a column for each of its values.</summary>
/// <param name="Names">The names of the values.</param>
/// <param name="Baseline">The index of the value without a column; -1 for none.</param>
/// <param name="Values">The values, ascending.</param>
/// <param name="Underlying">The keyword of the enum's underlying type.</param>
/// <param name="IgnoresUnknown">Whether a value that is no member has no column, rather than being refused.</param>
internal sealed record EnumEncoding(EquatableArray<string> Names, int Baseline, EquatableArray<decimal> Values, string Underlying, bool IgnoresUnknown)
    : LevelEncoding(Names, Baseline)
{
    /// <summary>Gets a value indicating whether the values follow one another and fit an <see cref="int"/>, as all values of the underlying type do.</summary>
    public bool IsCounted => Underlying is "int" or "short" or "ushort" or "byte" or "sbyte" && Values[Values.Count - 1] - Values[0] == Values.Count - 1;

    public override bool LooksUpOnes => base.LooksUpOnes && !IgnoresUnknown;

    public override bool MayRefuse => !IgnoresUnknown;
}
