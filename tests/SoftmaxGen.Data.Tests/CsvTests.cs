using System.Globalization;
using System.Text;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Text files: the rows that they say, in whatever way they are written.</summary>
public sealed class CsvTests
{
    private static readonly string _iris = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "iris.csv"));
    private static readonly DataFileOptions _species = new() { LabelColumn = "species" };

    private static (double[] Rows, int[] Labels) Iris()
    {
        string[][] lines = [.. _iris.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static line => line.Trim().Split(','))];
        return (
            [.. lines.SelectMany(static fields => fields[..4].Select(static field => double.Parse(field, CultureInfo.InvariantCulture)))],
            [.. lines.Select(static fields => Array.IndexOf(["setosa", "versicolor", "virginica"], fields[4]))]);
    }

    private static TrainingSet<Named, double> Expected()
    {
        (double[] rows, int[] labels) = Iris();
        return Named.CreateTrainingSet(rows, labels);
    }

    [Fact]
    public void A_file_gives_the_rows_that_spans_give()
    {
        using var builder = new TrainingSetBuilder<Named, double>();
        DataFileReport report = builder.AddFile(DataFile.Csv(Path.Combine(AppContext.BaseDirectory, "samples", "iris.csv")), _species);
        using TrainingSet<Named, double> read = builder.Build();
        using TrainingSet<Named, double> expected = Expected();

        Sets.Equal(expected, read);
        Assert.Equal(150, report.Rows);
        Assert.Equal(0, report.SkippedRows);
        Assert.Equal(["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm", "species"], report.UsedColumns);
        Assert.Empty(report.UnusedColumns);
    }

    [Theory]
    [InlineData("comma")]
    [InlineData("tab")]
    [InlineData("decimal comma")]
    [InlineData("quotes")]
    [InlineData("line break in a name")]
    [InlineData("CRLF")]
    [InlineData("no line break at the end")]
    [InlineData("blank lines at the end")]
    [InlineData("blanks around fields")]
    [InlineData("other columns")]
    [InlineData("other order")]
    [InlineData("numbers as labels")]
    [InlineData("fractions as labels")]
    [InlineData("names in capitals")]
    public void Files_of_many_kinds_say_the_same(string kind)
    {
        string[][] lines = [.. _iris.Trim().Split('\n').Select(static line => line.Trim().Split(','))];
        string Join(string delimiter, string end, Func<string, int, string> field) =>
            string.Concat(lines.Select((fields, row) => string.Join(delimiter, fields.Select(one => field(one, row))) + end));
        string plain = Join(",", "\n", static (field, _) => field);
        (string text, CsvFormat format) = kind switch
        {
            "comma" => (plain, new CsvFormat()),
            "tab" => (Join("\t", "\n", static (field, _) => field), new CsvFormat()),
            "decimal comma" => (Join(";", "\n", static (field, _) => field.Replace('.', ',')), new CsvFormat { Culture = CultureInfo.GetCultureInfo("de") }),
            "quotes" => (Join(",", "\n", static (field, _) => $"\"{field}\""), new CsvFormat()),
            "line break in a name" => (plain.Replace("sepal_length_cm", "\"sepal\nlength (cm)\"", StringComparison.Ordinal), new CsvFormat()),
            "CRLF" => (Join(",", "\r\n", static (field, _) => field), new CsvFormat()),
            "no line break at the end" => (plain.TrimEnd(), new CsvFormat()),
            "blank lines at the end" => (plain + "\n  \n\r\n", new CsvFormat()),
            "blanks around fields" => (Join(" , ", " \n", static (field, _) => field), new CsvFormat()),
            "other columns" => (Join(",", ",\"a, \"\"b\"\"\nc\",x\n", static (field, _) => field).Replace("species,\"a, \"\"b\"\"\nc\",x", "species,id,other", StringComparison.Ordinal), new CsvFormat()),
            "other order" => (string.Concat(lines.Select(static fields => string.Join(',', fields.Reverse()) + "\n")), new CsvFormat()),
            "numbers as labels" => (plain.Replace("setosa", "0", StringComparison.Ordinal).Replace("versicolor", "1", StringComparison.Ordinal).Replace("virginica", "2", StringComparison.Ordinal), new CsvFormat()),
            "fractions as labels" => (plain.Replace("setosa", "0.0", StringComparison.Ordinal).Replace("versicolor", "1.0", StringComparison.Ordinal).Replace("virginica", "2.0", StringComparison.Ordinal), new CsvFormat()),
            _ => (plain.ToUpperInvariant(), new CsvFormat()),
        };

        using TrainingSet<Named, double> expected = Expected();
        using TrainingSet<Named, double> read = Sets.Read<Named, double>(text, _species, format);

        Sets.Equal(expected, read);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("iso-8859-1", false)]
    public void Encodings_are_told_by_their_mark_or_given(string name, bool hasMark)
    {
        using var file = new TempFile("csv");
        string text = _iris.Replace("species", "Größe", StringComparison.Ordinal);
        Encoding encoding = Encoding.GetEncoding(name);
        File.WriteAllBytes(file.Path, [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
        using var builder = new TrainingSetBuilder<Named, double>();

        builder.AddFile(
            DataFile.Csv(file.Path, new CsvFormat { Encoding = name == "iso-8859-1" ? encoding : null }), new DataFileOptions { LabelColumn = "Größe" });

        using TrainingSet<Named, double> read = builder.Build();
        using TrainingSet<Named, double> expected = Expected();
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Bytes_that_are_not_valid_in_the_encoding_are_refused()
    {
        using var file = new TempFile("csv");
        File.WriteAllBytes(file.Path, Encoding.Latin1.GetBytes("x1,x2,x3,x4,label\n1,2,3,4,0\n1,2,3,4,é\n"));
        using var builder = new TrainingSetBuilder<Unnamed, double>();

        DataFileException error = Assert.Throws<DataFileException>(() => builder.AddFile(DataFile.Csv(file.Path)));

        Assert.StartsWith(file.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Encoding", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void The_culture_of_the_user_has_no_say(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using TrainingSet<Unnamed, double> read = Sets.Read<Unnamed, double>("a,b,c,d,label\n-1.5,2e-3,.5,+4,1\n1,2,3,4,2\n0,0,0,0,0");
            using TrainingSet<Unnamed, double> expected = Unnamed.CreateTrainingSet([-1.5, 2e-3, .5, 4, 1, 2, 3, 4, 0, 0, 0, 0], [1, 2, 0]);
            Sets.Equal(expected, read);
            DataFileException error = Sets.Refuse<Unnamed, double>("a,b,c,d,label\n1.5,1,1,1.5e,9");
            Assert.StartsWith("test.csv, line 2, row 1, column 'd': '1.5e' is no number", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Weights_labels_and_missing_rows_come_along()
    {
        using TrainingSet<Listed, double> read = Sets.Read<Listed, double>(
            "w,a,b,y\n1,2,3,-1\n0.5,?,1,0\n2,1,,7\n0,4,4,7\n1,NaN,1,0\n",
            new DataFileOptions { LabelColumn = "y", WeightColumn = "w", Missing = ["?"], IncompleteRows = IncompleteRows.Skip });
        using TrainingSet<Listed, double> expected = Listed.CreateTrainingSet([2, 3, 4, 4], [-1, 7], [1, 0]);

        Sets.Equal(expected, read);
        Assert.Equal(3, read.SkippedRowCount);
    }

    [Fact]
    public void A_file_without_names_has_numbers_for_them()
    {
        using TrainingSet<Unnamed, double> read = Sets.Read<Unnamed, double>(
            "2,1,2,3,4\n0,5,6,7,8\n1,0,0,0,1", new DataFileOptions { LabelColumn = "1" }, new CsvFormat { HasHeader = false });
        using TrainingSet<Unnamed, double> expected = Unnamed.CreateTrainingSet([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 1], [2, 0, 1]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Columns_say_which_is_which()
    {
        DataFileOptions options =
            new() { LabelColumn = "y", Columns = new Dictionary<string, string> { ["x1"] = "d", ["x2"] = "c", ["x3"] = "b", ["x4"] = "a" } };
        using TrainingSet<Unnamed, double> read = Sets.Read<Unnamed, double>("a,b,c,d,y,other\n1,2,3,4,0,x\n5,6,7,8,1,y\n1,1,1,1,2,z", options);
        using TrainingSet<Unnamed, double> expected = Unnamed.CreateTrainingSet([4, 3, 2, 1, 8, 7, 6, 5, 1, 1, 1, 1], [0, 1, 2]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Quotes_may_be_characters_like_others()
    {
        using TrainingSet<Listed, double> read = Sets.Read<Listed, double>(
            "a\tb\tlabel\tnote\n1\t2\t0\t5\" pipe\n3\t4\t7\t6\" pipe\n", format: new CsvFormat { HasQuotes = false });
        using TrainingSet<Listed, double> expected = Listed.CreateTrainingSet([1, 2, 3, 4], [0, 7]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void A_float_is_rounded_once()
    {
        // Halfway between two floats in double precision, and above it in the text.
        const string Text = "1.00000005960464477539062500000001";
        using TrainingSet<UnnamedSingle, float> read = Sets.Read<UnnamedSingle, float>($"a,b,c,d,label\n{Text},0,0,0,0\n0,{Text},0,0,1\n0,0,0,0,2");
        float value = float.Parse(Text, CultureInfo.InvariantCulture);
        Assert.NotEqual((float)double.Parse(Text, CultureInfo.InvariantCulture), value);
        using TrainingSet<UnnamedSingle, float> expected = UnnamedSingle.CreateTrainingSet([value, 0, 0, 0, 0, value, 0, 0, 0, 0, 0, 0], [0, 1, 2]);
        Sets.Equal(expected, read);
    }

    [Theory]
    [InlineData("", "test.csv: the file is empty.")]
    [InlineData("\na,b,c,d,label", "test.csv, line 1: the line is blank")]
    [InlineData("a,b,c,d\n1,2,3,4", "test.csv, column 'label': the file has no column 'label', which has the labels; name the one that has them by LabelColumn. The columns are 'a', 'b', 'c', 'd'.")]
    [InlineData("a,b,c,a,label\n1,2,3,4,0", "test.csv, line 1, column 'a': several columns have the same name, 'a'")]
    [InlineData("a,b,c,label\n1,2,3,0", "test.csv: the model has 4 features without names, and the file has 3 columns for them: 'a', 'b', 'c'")]
    [InlineData("a,b,c,d,label\n1,2,3,4,0\n1,2,3,0", "test.csv, line 3, row 2: the row has 4 fields, and there are 5 columns; a field with ',' in it must stand in quotes.")]
    [InlineData("a,b,c,d,label\n1,2,3,4,0\n1,2,3,4,0,", "test.csv, line 3, row 2: the row has 6 fields, and there are 5 columns")]
    [InlineData("a,b,c,d,label\n1,2,3,4,0\n\n1,2,3,4,0", "test.csv, line 3, row 2: the line is blank, and rows follow it")]
    [InlineData("a,b,c,d,label\n1,2,3,x,0", "test.csv, line 2, row 1, column 'd': 'x' is no number.")]
    [InlineData("a,b,c,d,label\n1,2,3,NA,0", "test.csv, line 2, row 1, column 'd': 'NA' is no number; where it stands for a missing value, name it in Missing.")]
    [InlineData("a;b;c;d;label\n1;2;3;1,5;0", "test.csv, line 2, row 1, column 'd': '1,5' is no number; Culture says whose numbers the file has")]
    [InlineData("a,b,c,d,label\n1,2,3,,0", "test.csv, line 2, row 1, column 'd': the value is missing; IncompleteRows = IncompleteRows.Skip leaves such rows out.")]
    [InlineData("a,b,c,d,label\n1,2,3,1e999,0", "test.csv, line 2, row 1, column 'd': '1e999' is not finite.")]
    [InlineData("a,b,c,d,label\n1,2,3,4,3", "test.csv, line 2, row 1, column 'label': '3' is no class; the classes are '0', '1', '2', and the model gives them no names.")]
    [InlineData("a,b,c,d,label\n1,2,3,4,", "test.csv, line 2, row 1, column 'label': the value is missing; every row needs the label of its class.")]
    [InlineData("a,b,c,d,label\n1,2,3,4,1.5", "test.csv, line 2, row 1, column 'label': '1.5' is no class")]
    [InlineData("a,b,c,d,label\n5\" pipe,2,3,4,0\n6\" pipe,2,3,4,0", "test.csv, line 2, row 1, column 'a': '5\" pipe,2,3,4,0\\u000A6\" pipe' has a quote that opens or closes no field")]
    [InlineData("a,b,c,d,label\n1,2,3,4,\"1", "test.csv, line 2, row 1, column 'label': '\"1' has a quote that opens or closes no field")]
    [InlineData("a,b,c,d,label\n\"1\"0,2,3,4,1", "test.csv, line 2, row 1, column 'a': '\"1\"0' has a quote that opens or closes no field")]
    [InlineData("a,b,c,d,label\n\"1\n\",2,3,4,1\n1,2,3,x,1", "test.csv, line 4, row 2, column 'd': 'x' is no number.")]
    public void What_cannot_be_read_is_named_by_its_place(string text, string message)
    {
        DataFileException error = Sets.Refuse<Unnamed, double>(text);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("test.csv", error.FileName);
    }

    [Fact]
    public void Names_that_the_model_gives_are_looked_for()
    {
        DataFileException error = Sets.Refuse<Named, double>("sepal length (cm),sepal width (cm),petal length (cm),label\n1,2,3,setosa");
        Assert.StartsWith("test.csv, column 'petal width (cm)': the file has no column 'petal width (cm)', a feature of the model; say in Columns what it is called.", error.Message, StringComparison.Ordinal);

        error = Sets.Refuse<Named, double>("sepal length (cm),sepal width (cm),petal length (cm),PETAL_WIDTH_CM,petal.width.cm,label\n1,2,3,4,5,setosa");
        Assert.Contains("for 'petal width (cm)' there are the columns 'PETAL_WIDTH_CM', 'petal.width.cm'", error.Message, StringComparison.Ordinal);

        error = Sets.Refuse<Named, double>("sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),label\n1,2,3,4,rosa");
        Assert.Equal("test.csv, line 2, row 1, column 'label': 'rosa' is no class; the classes are 'setosa', 'versicolor', 'virginica'.", error.Message);
        Assert.Equal(("label", "rosa", 1L, 2L), (error.Column, error.Value, error.Row, error.Line));
    }

    [Theory]
    [InlineData("-1", "is no weight")]
    [InlineData("", "the value is missing")]
    [InlineData("inf", "is no number")]
    [InlineData("Infinity", "is no weight")]
    public void A_weight_is_finite_and_not_negative(string weight, string message)
    {
        DataFileException error = Sets.Refuse<Listed, double>($"a,b,label,w\n1,2,0,{weight}", new DataFileOptions { WeightColumn = "w" });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("w", error.Column);
    }

    [Fact]
    public void Options_that_name_no_feature_are_refused() =>
        Assert.Throws<ArgumentException>(
            "options", () => Sets.Read<Listed, double>("a,b,label\n1,2,0", new DataFileOptions { Columns = new Dictionary<string, string> { ["c"] = "a" } }));

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "Excel")]
    [InlineData(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1' }, "DataFile.Parquet")]
    public void A_file_of_another_kind_is_named(byte[] start, string message)
    {
        using var file = new TempFile("csv");
        File.WriteAllBytes(file.Path, start);
        using var builder = new TrainingSetBuilder<Unnamed, double>();
        Assert.Contains(message, Assert.Throws<DataFileException>(() => builder.AddFile(DataFile.Csv(file.Path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_so()
    {
        using var builder = new TrainingSetBuilder<Unnamed, double>();
        Assert.Throws<FileNotFoundException>(() => builder.AddFile(DataFile.Csv("/no-such-file.csv")));
        Assert.Throws<FileNotFoundException>(() => builder.AddFile(DataFile.Parquet("/no-such-file.parquet")));
        Assert.Throws<FileNotFoundException>(() => builder.AddFile(DataFile.Arrow("/no-such-file.arrow")));
    }
}
