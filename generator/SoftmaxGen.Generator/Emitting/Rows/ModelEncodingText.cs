using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>Statements in the model, which call the library and tell the number of the row that they refuse.</summary>
internal sealed class ModelEncodingText : IEncodingText
{
    private const string Support = Names.Support + ".RowEncoding";

    /// <summary>The comparers of levels whose case does not count.</summary>
    private const string Levels = "__SoftmaxLevels";

    /// <summary>The name of the class that holds the levels of a feature.</summary>
    public static string LevelsOf(int group) => $"{Levels}{group}";

    public string Member(int group, FeaturePlace place) => place.Feature.Member!.Of("row");

    public string Helper(string name) => $"{Support}.{name}";

    public string LevelIgnoringCase(int group, string value, IEnumerable<string> levels) =>
        $"{LevelsOf(group)}.Indices.TryGetValue({value}, out int index{group}) ? index{group} : -1";

    public string Unknown(int group, string value) => $"throw {Support}.Unknown(Shape, {group}, {value}, number, parameterName);";

    public string Null(int group) => $"throw {Support}.Null(Shape, {group}, number, parameterName);";

    public string CheckLength(int group, string length, int expected) =>
        $"{Support}.VectorLength(Shape, {group}, {length}, {expected}, number, parameterName);";
}
