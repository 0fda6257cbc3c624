using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>
/// What the statements that encode a row say differently, according to where they stand. A group is the number of a feature;
/// a value, a length and levels are expressions.
/// </summary>
internal interface IEncodingText
{
    /// <summary>An expression for the member of a feature.</summary>
    string Member(int group, FeaturePlace place);

    /// <summary>The name by which a helper is called.</summary>
    string Helper(string name);

    /// <summary>An expression for the level of a string whose case does not count, -1 for none.</summary>
    string LevelIgnoringCase(int group, string value, IEnumerable<string> levels);

    /// <summary>The statement that refuses a value without a column.</summary>
    string Unknown(int group, string value);

    /// <summary>The statement that refuses null.</summary>
    string Null(int group);

    /// <summary>The statement that refuses a vector of another length.</summary>
    string CheckLength(int group, string length, int expected);
}
