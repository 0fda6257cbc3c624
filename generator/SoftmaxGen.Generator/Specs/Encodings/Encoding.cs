namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>
/// How a member of a row becomes columns. In generated code a member is a few <em>terms</em>, a value and the column that it stands in, all other columns being
/// 0: a number is one term in a column known to the compiler, a category one term with the value 1 in a column that the row tells.
/// </summary>
internal abstract record Encoding
{
    /// <summary>Gets the number of columns.</summary>
    public abstract int Columns { get; }

    /// <summary>Gets the columns, counted from the member's first, of the terms whose column every row agrees on.</summary>
    public virtual IReadOnlyList<int> FixedColumns => [];

    /// <summary>Gets the number of terms whose column a row tells.</summary>
    public virtual int Lookups => 0;

    /// <summary>Gets a value indicating whether the values of these terms are 1, whatever the row.</summary>
    public virtual bool LooksUpOnes => false;

    /// <summary>Gets what tells weights apart that have columns of the same names, or nothing for a plain number.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets a value indicating whether some values are refused.</summary>
    public virtual bool MayRefuse => true;

    /// <summary>Names the columns.</summary>
    /// <returns>A name for each column.</returns>
    public abstract IEnumerable<string> ColumnNames(string feature);

    /// <summary>Gets the places of as many columns.</summary>
    /// <returns>The numbers from 0.</returns>
    protected static IReadOnlyList<int> All(int count) => [.. Enumerable.Range(0, count)];
}
