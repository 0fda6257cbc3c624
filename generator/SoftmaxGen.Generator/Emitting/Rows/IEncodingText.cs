using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>What the statements that encode a row say differently, according to where they stand.</summary>
internal interface IEncodingText
{
    /// <summary>An expression for the member of a feature.</summary>
    /// <param name="group">The number of the feature.</param>
    /// <param name="place">The feature.</param>
    string Member(int group, FeaturePlace place);

    /// <summary>The name by which a helper is called.</summary>
    string Helper(string name);

    /// <summary>An expression for the level of a string whose case does not count, -1 for none.</summary>
    /// <param name="group">The number of the feature.</param>
    /// <param name="value">The expression of the string, not null.</param>
    /// <param name="levels">The levels as literals.</param>
    string LevelIgnoringCase(int group, string value, IEnumerable<string> levels);

    /// <summary>The statement that refuses a value without a column.</summary>
    /// <param name="group">The number of the feature.</param>
    /// <param name="value">The expression of the value.</param>
    string Unknown(int group, string value);

    /// <summary>The statement that refuses null.</summary>
    /// <param name="group">The number of the feature.</param>
    string Null(int group);

    /// <summary>The statement that refuses a vector of another length.</summary>
    /// <param name="group">The number of the feature.</param>
    /// <param name="length">The expression of the length.</param>
    /// <param name="expected">What it must be.</param>
    string CheckLength(int group, string length, int expected);
}
