using System.Globalization;
using System.Xml.Linq;
using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Figures;
using SoftmaxGen.Reports.Markup;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Whatever names, cultures and shapes there are: pictures are well-formed, whole, and the same.</summary>
public class HostileTextTests
{
    public static TheoryData<string> Cultures => ["", "en-US", "de-DE", "sv-SE", "fa-IR", "ar-SA", "th-TH", "tr-TR", "fr-CH"];

    [Fact]
    public void Names_are_text_and_nothing_else()
    {
        Assert.All(HostilePictures(), static svg =>
        {
            var picture = SvgPicture.Parse(svg);
            Assert.Empty(picture.All("script"));
            Assert.Empty(picture.All("b"));
            Assert.DoesNotContain(
                picture.Root.DescendantsAndSelf().Attributes(), static attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        });
        var classes = SvgPicture.Parse(Given.Hostile.Evaluate(Given.HostileRows, Given.HostileLabels).ToSvgClassBalance());
        string[] texts = [.. classes.All("text").Elements().Select(static title => title.Value)];
        Assert.Contains("<script>alert(1)</script>", texts);
    }

    [Fact]
    public void A_page_with_such_names_is_well_formed_and_has_them_in_full()
    {
        var page = HtmlPage.Parse(HostileReport().ToHtml());

        Assert.Empty(page.All("script"));
        Assert.Empty(page.All("b"));
        Assert.Equal(
            ["<script>alert(1)</script>", "\"quoted\" & 'single'", "\u05d0\u05d3\u05d5\u05dd \u202e", "👩‍👩‍👧‍👦 家族のとても長い名前です"],
            page.Table("Confusion matrix").Select(static row => row[0]));
        Assert.Equal("tab\tand\ufffdbell", page.Table("Weights, in standard deviations")[2][0]);
        Assert.Equal("</style><script>", page.All("h1").Single().Value);
    }

    // No data of a theory: halves of pairs would be replaced on the way to it.
    [Fact]
    public void Characters_that_are_none_are_replaced()
    {
        (string Text, string Expected)[] texts =
        [
            ("a\0b", "a\ufffdb"), ("half \ud83d", "half \ufffd"), ("\udc00 half", "\ufffd half"), ("\ufffe\uffff", "\ufffd\ufffd"),
            ("\u0085\u007f", "\ufffd\ufffd"), ("<&>\"'", "<&>\"'"),
        ];
        Assert.All(texts, static one =>
        {
            var element = XElement.Parse(new Element("t").With("a", one.Text).Text(one.Text).ToString());
            Assert.Equal(one.Expected, element.Value);
            Assert.Equal(one.Expected, element.Attribute("a")!.Value);
        });
    }

    [LongTheory(every: 4)]
    [MemberData(nameof(Cultures))]
    public void No_culture_has_a_say(string culture)
    {
        string[] expected = [.. HostilePictures(), Given.FullReport().ToHtml()];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string[] texts = [.. HostilePictures(), Given.FullReport().ToHtml()];
            Assert.Equal(expected, texts);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(128)]
    public void Any_number_of_classes_is_drawn_inside_the_picture(int classes)
    {
        ModelShape shape = Given.Shape(classes, 40, static i => i % 3 == 0 ? $"a class with a rather long name, number {i}" : $"c{i}");
        int[] actual = [.. Enumerable.Range(0, 3 * classes).Select(i => i % classes)];
        int[] predicted = [.. actual.Select((label, i) => i % 5 == 0 ? (label + 1) % classes : label)];
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(static i => Math.Sin(i))];

        Assert.All(
            [
                new ConfusionMatrix(shape, actual, predicted).ToSvg(), ClassShare.Count(shape, actual).ToSvg(), new ModelWeights(shape, weights).ToSvg(),
            ],
            static svg =>
            {
                var picture = SvgPicture.Parse(svg);
                double[] box =
                    [.. picture.Root.Attribute("viewBox")!.Value.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture))];
                Assert.All(picture.All("rect").Concat(picture.All("text")).Where(static one => one.Attribute("x") is not null), one =>
                {
                    Assert.InRange(SvgPicture.Number(one, "x"), 0, box[2]);
                    Assert.InRange(SvgPicture.Number(one, "y"), 0, box[3]);
                });
            });
    }

    [Theory]
    [InlineData(21)]
    [InlineData(128)]
    public void Of_a_wide_matrix_the_table_has_every_cell_that_is_not_0(int classes)
    {
        ModelShape shape = Given.Shape(classes, 1);
        int[] actual = [.. Enumerable.Range(0, 4 * classes).Select(i => i % classes)];
        int[] predicted = [.. actual.Select((label, i) => (label * i) % classes)];

        Table table = ConfusionFigure.Create(new ConfusionMatrix(shape, actual, predicted)).Table;

        Assert.Equal(4 * classes, table.Rows.Sum(static row => (int)HtmlPage.Number(row[2])));
        Assert.All(table.Rows, row => Assert.Equal(
            actual.Zip(predicted).Count(pair => $"{pair.First}" == row[0] && $"{pair.Second}" == row[1]), (int)HtmlPage.Number(row[2])));
    }

    [Theory]
    [InlineData("family: 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301")]
    public void What_is_cut_off_is_whole_characters(string name)
    {
        string shown = Words.Fit(name, 60);

        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.True(Words.Width(shown) <= 60);
        int[] places = StringInfo.ParseCombiningCharacters(name);
        Assert.Contains(shown.Length - 1, places);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(-12.3456, "-12.35")]
    [InlineData(1234.5, "1234")]
    [InlineData(123456, "123456")]
    [InlineData(0.99999, "1")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(-1.23456e-7, "-1.235e-7")]
    [InlineData(1.5e9, "1.5e+9")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void Numbers_are_short(double number, string text) => Assert.Equal(text, Numbers.Text(number));

    private static ModelReport HostileReport()
    {
        using TrainingSet<HostileModel, double> set = HostileModel.CreateTrainingSet(Given.HostileRows, Given.HostileLabels);
        return new ModelReport
        {
            Title = "</style><script>",
            Subtitle = "\u202e<img src=x onerror=alert(1)>",
            Evaluation = Given.Hostile.Evaluate(set),
            Curves = OneVersusRest.Create(Given.Hostile, set),
            Model = ModelWeights.Of(Given.Hostile),
            Importance = Given.Hostile.PermutationImportance(set),
            WorstRows = [.. Given.Hostile.WorstRows(Given.HostileRows, Given.HostileLabels).Select(static row => row with { Name = "<tr>" })],
            Oddities = [new DataOddity("<td>", "</table>")],
        };
    }

    private static string[] HostilePictures()
    {
        using TrainingSet<HostileModel, double> set = HostileModel.CreateTrainingSet(Given.HostileRows, Given.HostileLabels);
        Evaluation evaluation = Given.Hostile.Evaluate(set);
        var curves = OneVersusRest.Create(Given.Hostile, set);
        double[] contributions = new double[3];
        Explanation<int, double> explanation = Given.Hostile.Explain([1, 2, -1], contributions);
        return
        [
            evaluation.ToSvgConfusionMatrix(), evaluation.ToSvgClassBalance(), evaluation.ToSvgReliability(), curves.ToSvgRoc(), curves.ToSvgPrecisionRecall(),
            Given.Hostile.ToSvgWeights(), Given.Hostile.PermutationImportance(set).ToSvg(), explanation.ToSvg(HostileModel.Shape, contributions),
        ];
    }
}
