namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A string that is one of some levels: a column for each.</summary>
/// <param name="Names">The levels.</param>
/// <param name="Baseline">The index of the level without a column; -1 for none.</param>
/// <param name="IgnoresCase">Whether case does not count.</param>
/// <param name="IgnoresUnknown">Whether a string that is no level has no column, rather than being refused.</param>
internal sealed record CategoryEncoding(EquatableArray<string> Names, int Baseline, bool IgnoresCase, bool IgnoresUnknown) : LevelEncoding(Names, Baseline)
{
    public override bool LooksUpOnes => base.LooksUpOnes && !IgnoresUnknown;
}
