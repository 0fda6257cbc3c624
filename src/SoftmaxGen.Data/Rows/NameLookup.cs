namespace SoftmaxGen.Data.Rows;

/// <summary>
/// Values by their names, compared unit by unit and then without regard to case, where a name that several values share finds none. Of values of the same name
/// the first counts.
/// </summary>
internal sealed class NameLookup<TValue>(IReadOnlyCollection<(string Name, TValue Value)> names)
{
    private readonly Dictionary<string, TValue>.AlternateLookup<ReadOnlySpan<char>> _values = names
        .DistinctBy(static one => one.Name, StringComparer.Ordinal)
        .ToDictionary(static one => one.Name, static one => one.Value, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, TValue>.AlternateLookup<ReadOnlySpan<char>> _valuesIgnoringCase = names
        .GroupBy(static one => one.Name, static one => one.Value, StringComparer.OrdinalIgnoreCase)
        .Where(static alike => alike.Distinct().Count() == 1)
        .ToDictionary(static alike => alike.Key, static alike => alike.First(), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryFind(ReadOnlySpan<char> name, out TValue value) => _values.TryGetValue(name, out value!) || _valuesIgnoringCase.TryGetValue(name, out value!);
}
