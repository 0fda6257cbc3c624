using System.Globalization;
using System.Text;
using static SoftmaxGen.Tool.Tests.AwkwardFile;

namespace SoftmaxGen.Tool.Tests;

/// <summary>The files.</summary>
internal static class AwkwardFiles
{
    private const int Bad = 1;

    // The same numbers in every file: x is small for a and large for b.
    private static readonly string[] _xs = ["1", "2", "1.5", "2.5", "0.5", "8", "9", "8.5", "9.5", "7.5"];

    private static readonly int _manyRows = LongSetting.Of("SOFTMAXGEN_TOOL_ROWS", 20_000);

    private static Encoding Latin1 => Encoding.Latin1;

    public static IEnumerable<AwkwardFile> All =>
    [
        Of("empty", "", "the file is empty; a table has a header") with { ExitCode = Bad },
        Of("white space", " \r\n\n", "the file is empty") with { ExitCode = Bad },
        Of("header only", "x,label\n", "there is no row below the header") with { ExitCode = Bad },
        Of("one class", "x,label\n1,a\n2,a\n", "the label 'label' is always 'a'", "two classes at least") with { ExitCode = Bad },
        Of("no label in any row", "x,label\n1,\n2,NA\n", "is blank in every row") with { ExitCode = Bad },
        Of("no such label", "x,Label\n1,a\n2,b\n", ":1: --label: there is no column 'label'; did you mean 'Label'?") with { ExitCode = Bad },
        new("byte order mark", [.. Encoding.UTF8.Preamble, .. Bytes(Simple())], "10 rows; label is one of a, b", "x       number"),
        new("UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Simple())], "10 rows; label is one of a, b"),
        new("UTF-16, big-endian", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Simple())], "10 rows; label is one of a, b"),
        new("UTF-16 without a mark", Encoding.Unicode.GetBytes(Simple()), "10 rows; label is one of a, b"),
        new("UTF-16, big-endian, without a mark", Encoding.BigEndianUnicode.GetBytes(Simple()), "10 rows; label is one of a, b"),
        new("Latin-1", Latin1.GetBytes(Simple("klein", "größer")), "are no text in this encoding", "--encoding latin1") { ExitCode = Bad },
        new("Latin-1, as given", Latin1.GetBytes(Simple("klein", "größer")), "label is one of größer, klein") { Arguments = ["--encoding", "latin1"] },
        new("a picture", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0xC3, 0x28], "are no text in this encoding") { ExitCode = Bad },
        Of("quotes with separators and line breaks", Simple("\"a, \"\"first\"\"\nline\"", "b"), "10 rows", "line, b"),
        Of("a row too long", "x,label\n1,a\n2,b,c\n", ":3: the row has 3 cells, the header 2", "--separator") with { ExitCode = Bad },
        Of("a row too short, after a cell of two lines", "x,label\n\"1\n\",a\n2\n", ":4: the row has 1 cell, the header 2") with { ExitCode = Bad },
        Of("an open quotation mark", "x,label\n1,a\n2,\"b\n3,a\n4,b\n", ":3: a quotation mark is opened and never closed") with { ExitCode = Bad },
        Of(
            "another separator than is given",
            Simple(),
            "there is no column 'label'; the columns are x,label") with { ExitCode = Bad, Arguments = ["--separator", ";"] },
        Of("tabs", Simple().Replace(',', '\t'), "10 rows; label is one of a, b"),
        Of("bars", Simple().Replace(',', '|'), "10 rows; label is one of a, b"),
        Of("semicolons and decimal commas", Simple().Replace(',', ';').Replace('.', ','), "10 rows", "x       number"),
        Of("decimal commas in quotation marks", "x,label\n" + Lines(static (x, label) => $"\"{x.Replace('.', ',')}\",{label}"), "10 rows", "x       number"),
        Of(
            "thousands",
            "x,label\n" + Lines(static (x, label) => string.Create(CultureInfo.InvariantCulture, $"\"{Thousand(x):#,0}\",{label}")),
            "x       number"),
        Of("carriage returns", Simple().Replace("\n", "\r\n", StringComparison.Ordinal), "10 rows; label is one of a, b"),
        Of("blank lines", Simple().Replace("\n", "\n\n", StringComparison.Ordinal) + "\n\n", "10 rows; label is one of a, b"),
        Of("spaces around cells", Simple().Replace(",", " , ", StringComparison.Ordinal), "10 rows; label is one of a, b", "x       number"),
        Of("a separator behind the last cell", Simple().Replace("\n", ",\n", StringComparison.Ordinal), "column 3  ignored  every cell is blank"),
        Of("names that occur twice", "x,x,label\n" + Lines(static (x, label) => $"{x},{x}0,{label}"), "x       number", "x (2)   number"),
        Of("columns without names", ",label,\n" + Lines(static (x, label) => $"{x},{label},{x}"), "column 1  number", "column 3  number"),
        Of(
            "words for blanks",
            "x,y,label\nNA,?,a\n2,-,a\n1.5,u,a\n2.5,v,a\n8,u,b\nn/a,v,b\n8.5,null,b\n,,b\n3,u,a\n7,v,b\n",
            "numbers; 3 blanks",
            "u, v; 4 blanks"),
        Of(
            "a word of one's own for blanks",
            Simple().Replace("1.5", "unknown", StringComparison.Ordinal),
            "numbers; 1 blank") with { Arguments = ["--blank", "unknown"] },
        Of("rows without a label", Simple() + "3,\n4,NA\n", "10 rows") with { Note = "2 rows without a label were left out." },
        Of("labels with spaces and keywords", Simple("class", "new line!"), "label is one of class, new line!"),
        Of("labels that are numbers", Simple("10", "9"), "label is one of 9, 10"),
        Of(
            "a number that is none",
            "x,label\n" + Many(40, static i => i == 17 ? "o.5,a" : $"{i},{"ab"[i / 20]}"),
            ":19:1: 39 of 40 values of 'x' are numbers, but this one is 'o.5'",
            "--blank \"o.5\"") with { ExitCode = Bad },
        Of("a number beyond all", "x,label\n" + Many(40, static i => i == 3 ? "1e999,a" : $"{i},{"ab"[i / 20]}"), ":5:1: ", "'1e999'") with { ExitCode = Bad },
        Of("a quantity for a label", "x,label\n" + Many(40, static i => $"{i},{i % 30}.5"), "30 different numbers: that is a quantity") with { ExitCode = Bad },
        Of("another label in every row", "x,label\n" + Many(40, static i => $"{i},name {i}"), "another one in every row") with { ExitCode = Bad },
        Of("too many classes", "x,label\n" + Many(3000, static i => $"{i},name {i % 1500}"), "more than 1,000 different values") with { ExitCode = Bad },
        Of(
            "nothing to learn from",
            "id,c,label\n1,k,a\n2,k,b\n3,k,a\n",
            "no column is left",
            "'id' is ignored: counts the rows",
            "'c' is ignored: always k") with { ExitCode = Bad },
        Of(
            "numbers of rows, constants and names",
            "id,c,name,day,x,label\n" + Lines(static (x, label) => $"{Thousand(x)},k,name {x},2024-01-0{x[^1]},{x},{label}"),
            "a number of each row's own",
            "always k",
            "another text in every row",
            "dates"),
        Of("a class of one row", Simple() + "5,c\n", "Converged") with { Note = "'c' has 1 row only: there is no cross-validation" },
        Of("a class of three rows", Simple() + "5,c\n5.1,c\n5.2,c\n", "in 3 folds") with { Note = "'c' has 3 rows only: the cross-validation has 3 folds" },
        Of(
            "a column that tells the label",
            "x,told,label\n" + Lines(static (x, label) => $"{x},{label}{label},{label}"),
            "told    2 levels") with { Note = "'told' alone tells the label of every row" },
        Of(
            "flags",
            "x,f,g,label\n" + Lines(static (x, label) => $"{x},{(x.Length > 1 ? "Yes" : "no")},{(x[0] > '5' ? "TRUE" : "")},{label}"),
            "f       flag",
            "TRUE or blank; 5 blanks"),
        Of(
            "500 levels",
            "x,city,label\n" + Many(2000, static i => $"{i % 7},city {i * 7919 % 500},{"ab"[i % 3 / 2]}"),
            "city    hashed  500 texts share 64 columns"),
        Of(
            "1,000 columns",
            Wide(static k => $"x{k}") + ",label\n" + Many(30, static i => Wide(k => $"{i * (k + 7) % 31}") + $",{"ab"[i % 2]}"),
            "x999    number") with { Arguments = ["--l2", "0.01", "--folds", "2"] },
        Of(
            "many rows",
            "x,y,label\n" + Many(_manyRows, static i => $"{i % 1009},{i * 7919L % 10007},{(i % 1009 * 10 + (i * 7919L % 10007) > 10000 ? "a" : "b")}"),
            "rows; label is one of a, b",
            "accuracy 0.99") with { Arguments = ["--l2", "0.0001", "--folds", "2"] },
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Simple(string a = "a", string b = "b") => "x,label\n" + Lines((x, label) => $"{x},{(label == "a" ? a : b)}");

    private static string Lines(Func<string, string, string> line) => string.Concat(_xs.Select((x, i) => line(x, i < 5 ? "a" : "b") + "\n"));

    private static int Thousand(string x) => (int)(1000 * double.Parse(x, CultureInfo.InvariantCulture));

    private static string Wide(Func<int, string> cell) => string.Join(',', Enumerable.Range(0, 1000).Select(cell));

    private static string Many(int rows, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            text.Append(line(row)).Append('\n');
        }

        return text.ToString();
    }
}
