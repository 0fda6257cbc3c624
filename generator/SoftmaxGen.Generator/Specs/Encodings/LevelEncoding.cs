namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>Levels of which a row has one, and a column for each but the baseline.</summary>
/// <param name="Names">The names of the levels, baseline included.</param>
/// <param name="Baseline">The index of the level without a column; -1 for none.</param>
internal abstract record LevelEncoding(EquatableArray<string> Names, int Baseline) : Encoding
{
    public override int Columns => Names.Count - (Baseline < 0 ? 0 : 1);

    public override int Lookups => 1;

    public override bool LooksUpOnes => Baseline < 0;

    public override string Kind => "levels";

    /// <summary>Gets the column of a level, counted from the member's first; -1 for the baseline.</summary>
    public int ColumnOf(int level) => level == Baseline ? -1 : Baseline >= 0 && level > Baseline ? level - 1 : level;

    public override IEnumerable<string> ColumnNames(string feature) =>
        Names.Where((_, level) => level != Baseline).Select(level => ColumnName(feature, level));

    /// <summary>Names the column of a level.</summary>
    protected virtual string ColumnName(string feature, string level) => $"{feature}={level}";
}
