using System.Globalization;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Rows of a program's own type: the model's own encoder sees what the file says.</summary>
public sealed class TypedRowTests
{
    private const string Header =
        "contract,internet,country,is_senior,\"charges (EUR)\",months,services,user,embedding[0],embedding[1],balance,small,large,churn,usage,is_new\n";

    private static readonly Client[] _clients =
    [
        new(Contract.Monthly, "fiber", "de", true, 70.25, 3, Services.Phone | Services.Television, "u1", [1.5f, -2f], 12.34m, -128, ulong.MaxValue,
            Churn.Leaves) { Usage = 0.1f, IsNew = true },
        new(Contract.OneYear, "none", null, false, null, 24, Services.None, "u,2", [0f, 1e-3f], -0.5m, 127, 0, Churn.Stays) { Usage = float.NaN },
        new(Contract.TwoYears, "DSL", "FR", false, 0, 12, Services.Backup, "u 3", [3f, 4f], 0m, 0, 5, Churn.Stays) { Usage = 2, IsNew = false },
    ];

    private static readonly string[] _lines =
    [
        "Monthly,fiber,de,yes,70.25,3,\"Phone, Television\",u1,1.5,-2,12.34,-128,18446744073709551615,leaves us,0.1,1\n",
        "one year,none,,0,,24,None,\"u,2\",0,1e-3,-0.5,127,0,stays,,\n",
        "24,DSL,FR,False,0,12.0,2,u 3,3,4,0,0,5,0,2,false\n",
    ];

    private static TrainingSet<ClientModel, double> Expected() => ClientModel.CreateTrainingSet(_clients);

    private static TrainingSet<ClientModel, double> Read(string csv, DataFileOptions? options = null, CsvFormat? format = null)
    {
        using var builder = new TrainingSetBuilder<ClientModel, double, Churn, Client>();
        builder.AddFile(DataFile.Csv(new StringReader(csv), "clients.csv", format), options);
        return builder.Build();
    }

    [Fact]
    public void Members_of_every_kind_are_set_by_their_names()
    {
        using TrainingSet<ClientModel, double> read = Read(Header + string.Concat(_lines));
        using TrainingSet<ClientModel, double> expected = Expected();
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Columns_and_missing_values_may_be_called_otherwise()
    {
        string text = Header.Replace("country", "land", StringComparison.Ordinal).Replace("\"charges (EUR)\"", "preis", StringComparison.Ordinal)
            .Replace("churn", "what", StringComparison.Ordinal)
            + _lines[0] + _lines[1].Replace(",,0,,", ",-,0,NA,", StringComparison.Ordinal) + _lines[2];
        using TrainingSet<ClientModel, double> read = Read(text, new DataFileOptions
        {
            LabelColumn = "what",
            Missing = ["-", "NA"],
            Columns = new Dictionary<string, string> { ["Country"] = "land", ["charges (EUR)"] = "preis" },
        });
        using TrainingSet<ClientModel, double> expected = Expected();
        Sets.Equal(expected, read);
    }

    [Fact]
    public void A_function_makes_rows_without_reflection()
    {
        using var builder = new TrainingSetBuilder<ClientModel, double, Churn, Client>();
        DataFileReport report = builder.AddFile(DataFile.Csv(new StringReader(Header + string.Concat(_lines)), "clients.csv"), static row => new Client(
            row.Enum<Contract>("contract"),
            row.Text("internet")!,
            row.Text("country"),
            row.Boolean("is_senior"),
            row.DoubleOrNull("charges (EUR)"),
            (int)row.Int64("months"),
            row.Enum<Services>("services"),
            row.Text("user")!,
            [(float)row.Double("embedding[0]"), (float)row.Double("embedding[1]")],
            decimal.Parse(row.Text("balance")!, CultureInfo.InvariantCulture),
            (sbyte)row.Int64("small"),
            ulong.Parse(row.Text("large")!, CultureInfo.InvariantCulture),
            row.Enum<Churn>("churn"))
        {
            Usage = (float)(row.DoubleOrNull("usage") ?? double.NaN),
            IsNew = row.BooleanOrNull("is_new"),
        });
        using TrainingSet<ClientModel, double> read = builder.Build();
        using TrainingSet<ClientModel, double> expected = Expected();
        // 0.1 in the file is a float here by way of a double, which is the same one.
        Sets.Equal(expected, read);
        Assert.Equal(3, report.Rows);
        Assert.Empty(report.UnusedColumns);
    }

    [Fact]
    public void Weights_and_labels_may_stand_beside_the_rows()
    {
        using var builder = new TrainingSetBuilder<PointModel, double, Churn, Point>();
        DataFileReport report = builder.AddFile(
            DataFile.Csv(new StringReader("y,x,label,w,id\n1,2,LEAVES,0.5,7\n3,4,0,2,8\n"), "points.csv"), new DataFileOptions { WeightColumn = "w" });
        using TrainingSet<PointModel, double> read = builder.Build();
        using TrainingSet<PointModel, double> expected = PointModel.CreateTrainingSet(
            [new Point { X = 2, Y = 1 }, new Point { X = 4, Y = 3 }], [Churn.Leaves, Churn.Stays], [0.5, 2]);
        Sets.Equal(expected, read);
        Assert.Equal(["id"], report.UnusedColumns);

        using var other = new TrainingSetBuilder<PointModel, double, Churn, Point>();
        other.AddFile(
            DataFile.Csv(new StringReader("y,x,label,w,id\n1,2,LEAVES,0.5,7\n3,4,0,2,8\n"), "points.csv"),
            static row => new Point { X = row.Double("x"), Y = row.Double("y") },
            new DataFileOptions { LabelColumn = "label", WeightColumn = "w" });
        using TrainingSet<PointModel, double> again = other.Build();
        Sets.Equal(expected, again);
    }

    [Theory]
    [InlineData("Monthly", "Weekly", "column 'contract': 'Weekly' is none of 'one year', 'Monthly', 'OneYear', 'TwoYears'.", "contract")]
    [InlineData("Monthly", "3", "Contract of row 2 is '3', which has no column; the columns are Contract=Monthly", "contract")]
    [InlineData("fiber", "cable", "Internet of row 2 is 'cable', which has no column; the columns are Internet=none, Internet=DSL, Internet=fiber.", "internet")]
    [InlineData("fiber", "", "Internet of row 2 is null", "internet")]
    [InlineData("yes", "perhaps", "'perhaps' is no truth value", "is_senior")]
    [InlineData("yes", "", "the value is missing; where that may be, declare the member nullable", "is_senior")]
    [InlineData("70.25", "cheap", "'cheap' is no number", "charges (EUR)")]
    [InlineData("70.25", "Infinity", "charges (EUR) of row 2 is", "charges (EUR)")]
    [InlineData("70.25", "NaN", null, null)]
    [InlineData(",3,", ",3.5,", "'3.5' is no whole number", "months")]
    [InlineData(",3,", ",3000000000,", "'3000000000' is not between -2147483648 and 2147483647", "months")]
    [InlineData("Phone, Television", "Phone, Fax", "is none of 'None', 'Phone', 'Backup', 'Television'", "services")]
    [InlineData("Phone, Television", "8", "Services of row 2 is '8', which has no column", "services")]
    [InlineData("-128", "-129", "'-129' is not between -128 and 127", "small")]
    [InlineData("leaves us", "flees", "'flees' is no class; the classes are 'Stays', 'leaves us'", "churn")]
    public void What_a_member_cannot_take_is_named_by_its_place(string from, string to, string? message, string? column)
    {
        Assert.Contains(from, _lines[0], StringComparison.Ordinal);
        string text = Header + _lines[1] + _lines[0].Replace(from, to, StringComparison.Ordinal) + _lines[2];
        if (message is null)
        {
            Read(text).Dispose();
            return;
        }

        DataFileException error = Assert.Throws<DataFileException>(() => Read(text));

        Assert.StartsWith($"clients.csv, line 3, row 2, column '{column}': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((2L, column), (error.Row, error.Column));
        Assert.DoesNotContain("Parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_far_in_a_file_is_named_after_rows_of_other_files()
    {
        using var builder = new TrainingSetBuilder<ClientModel, double, Churn, Client>();
        builder.Add(_clients);
        string text = Header + string.Concat(Enumerable.Repeat(_lines[2], 3000)) + _lines[0].Replace("fiber", "cable", StringComparison.Ordinal);

        DataFileException error = Assert.Throws<DataFileException>(() => builder.AddFile(DataFile.Csv(new StringReader(text), "clients.csv")));

        Assert.StartsWith("clients.csv, line 3002, row 3001, column 'internet': Internet of row 3001 is 'cable'", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, builder.RowCount);
    }

    [Fact]
    public void A_column_that_is_not_there_is_named()
    {
        DataFileException error = Assert.Throws<DataFileException>(() => Read(Header.Replace("months", "tenure", StringComparison.Ordinal)));
        Assert.StartsWith("clients.csv, column 'Months': the file has no column 'Months', the one of Client.Months; say in Columns what it is called. The columns are 'contract', 'internet'", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<DataFileException>(() => Read(Header.Replace("churn", "label", StringComparison.Ordinal)));
        Assert.Contains("no column 'Churn', which has the labels", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<DataFileException>(() => Read(Header.Replace("embedding[1]", "embedding[2]", StringComparison.Ordinal)));
        Assert.Contains("no column 'Embedding[1]'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_throws_is_named_by_its_row()
    {
        using var builder = new TrainingSetBuilder<PointModel, double, Churn, Point>();
        DataFile file = DataFile.Csv(new StringReader("x,y,label\n1,2,0\n1,2,1\n"), "points.csv");

        DataFileException error = Assert.Throws<DataFileException>(
            () => builder.AddFile(
                file, static row => row.Number == 2 ? throw new FormatException("Too late.") : default(Point), new DataFileOptions { LabelColumn = "label" }));

        Assert.Equal("points.csv, line 3, row 2: no Point can be made of the row: Too late.", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(0, builder.RowCount);
        error = Assert.Throws<DataFileException>(
            () =>
                builder.AddFile(DataFile.Csv(new StringReader("x,y,label\n1,2,0\n"), "points.csv"), static row => new Point { X = row.Double("z") },
                    new DataFileOptions { LabelColumn = "label" }));
        Assert.Contains("the file has no column 'z'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_must_come_from_somewhere()
    {
        using var builder = new TrainingSetBuilder<PointModel, double, Churn, Point>();
        Assert.Throws<NotSupportedException>(() => builder.AddFile(DataFile.Csv(new StringReader("x,y\n1,2\n"), "points.csv"), static _ => default(Point)));
    }

    [Fact]
    public void Options_that_have_no_place_are_refused()
    {
        Assert.Throws<ArgumentException>("options", () => Read(Header, new DataFileOptions { IncompleteRows = IncompleteRows.Skip }));
        Assert.Throws<ArgumentException>("options", () => Read(Header, new DataFileOptions { Columns = new Dictionary<string, string> { ["Age"] = "age" } }));
    }
}
