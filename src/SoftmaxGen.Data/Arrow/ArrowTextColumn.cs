using System.Text;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Arrow;

/// <summary>Gets the bytes of a text.</summary>
/// <returns>The bytes, UTF-8.</returns>
internal delegate ReadOnlySpan<byte> TextBytes(int row);

/// <summary>A column of text in a record batch.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="isNull">Tells whether a text is null.</param>
/// <param name="bytes">Gets the bytes of a text.</param>
/// <param name="text">How text says numbers.</param>
internal sealed class ArrowTextColumn(string name, Func<int, bool> isNull, TextBytes bytes, FieldText text) : TextColumn(name, text)
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private char[] _units = new char[64];

    public override bool IsMissing(int row) => isNull(row) || base.IsMissing(row);

    public override ReadOnlySpan<char> Text(int row)
    {
        if (isNull(row))
        {
            return "";
        }

        ReadOnlySpan<byte> utf8 = bytes(row);
        if (_units.Length < utf8.Length)
        {
            _units = new char[utf8.Length];
        }

        return _units.AsSpan(0, _utf8.GetChars(utf8, _units));
    }
}
