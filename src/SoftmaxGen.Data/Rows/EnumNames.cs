using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>
/// The members of an enum by their names: the identifier, or what an attribute calls it. They are compared unit by unit and then without regard to case.
/// </summary>
internal sealed class EnumNames
{
    private readonly NameLookup<long> _values;
    private readonly bool _hasFlags;

    private EnumNames((string Name, long Value)[] names, bool hasFlags)
    {
        _values = new NameLookup<long>(names);
        _hasFlags = hasFlags;
        All = [.. names.Select(static member => member.Name)];
    }

    /// <summary>Gets the names, for a message.</summary>
    public string[] All { get; }

    /// <summary>Reads the names of an enum.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimming keeps the members of an enum whose type is kept.")]
    public static EnumNames Of(Type type)
    {
        List<(string Name, long Value)> names = [];
        List<(string Name, long Value)> identifiers = [];
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            object number = field.GetRawConstantValue()!;
            long value = number is ulong large ? unchecked((long)large) : Convert.ToInt64(number, CultureInfo.InvariantCulture);
            string? title = Titles.Of(field);
            if (title is not null && title != field.Name)
            {
                names.Add((title, value));
            }

            identifiers.Add((field.Name, value));
        }

        return new EnumNames([.. names, .. identifiers], type.IsDefined(typeof(FlagsAttribute), inherit: false));
    }

    /// <summary>Reads a field.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The value, as the number that it is.</param>
    /// <returns>Whether it is one; a number is one in any case.</returns>
    public bool TryFind(Column column, int row, out long value)
    {
        if (column.IsText)
        {
            ReadOnlySpan<char> text = column.Text(row);
            if (_values.TryFind(text, out value) || (_hasFlags && TryCombine(text, out value)))
            {
                return true;
            }
        }

        return column.TryGet(row, out value);
    }

    private bool TryCombine(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        foreach (Range range in text.SplitAny(',', ';', '|'))
        {
            if (!_values.TryFind(text[range].Trim(), out long flag))
            {
                return false;
            }

            value |= flag;
        }

        return true;
    }
}
