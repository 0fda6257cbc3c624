using System.Globalization;
using System.Xml.Linq;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Pictures of evaluations show what counting row by row gives.</summary>
public class EvaluationPictureTests
{
    private static readonly Species[] _actual = [.. Given.HeldOut.Select(static flower => flower.Species)];

    private static readonly Species[] _predicted = [.. Given.HeldOut.Select(static flower => Given.Flowers.Model.Predict(flower))];

    private static Evaluation Evaluation => Given.Flowers.Model.Evaluate(Given.HeldOut);

    [Fact]
    public void A_confusion_matrix_has_the_counts_in_their_places()
    {
        var picture = SvgPicture.Parse(Evaluation.ToSvgConfusionMatrix());
        XElement field = picture.All("rect", "empty").Single();
        double left = SvgPicture.Number(field, "x"), top = SvgPicture.Number(field, "y");
        double width = SvgPicture.Number(field, "width") / 3, height = SvgPicture.Number(field, "height") / 3;
        XElement[] cells = [.. picture.All("rect").Where(static rect => rect.Attribute("fill-opacity") is not null)];

        int drawn = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                int count = _actual.Zip(_predicted).Count(pair => (int)pair.First == i && (int)pair.Second == j);
                XElement? cell = cells.SingleOrDefault(rect =>
                    Math.Abs(SvgPicture.Number(rect, "x") - 0.5 - (left + (j * width))) < 0.02
                    && Math.Abs(SvgPicture.Number(rect, "y") - 0.5 - (top + (i * height))) < 0.02);
                Assert.Equal(count > 0, cell is not null);
                if (cell is not null)
                {
                    drawn++;
                    Assert.Equal(0.12 + (0.88 * count / 25), SvgPicture.Number(cell, "fill-opacity"), 0.006);
                    Assert.Equal(i == j ? "f0" : "f5", cell.Attribute("class")!.Value);
                    XElement text = picture.All("text").Single(text =>
                        Math.Abs(SvgPicture.Number(text, "x") - (left + ((j + 0.5) * width))) < 0.02
                        && Math.Abs(SvgPicture.Number(text, "y") - 4 - (top + ((i + 0.5) * height))) < 0.02);
                    Assert.Equal(count.ToString(CultureInfo.InvariantCulture), text.Value);
                }
            }
        }

        Assert.Equal(drawn, cells.Length);
        Assert.Contains($"{_actual.Zip(_predicted).Count(static pair => pair.First == pair.Second)} of 75 rows", picture.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_rows_are_shown_where_there_are_some()
    {
        var matrix = new ConfusionMatrix(Given.Shape(2, 1), [0, 0, 1], [0, 1, 1], [0.5, 2.25, 3]);

        string[] texts = [.. SvgPicture.Parse(matrix.ToSvg()).All("text").Select(static text => text.Value)];

        Assert.Contains("0.5", texts);
        Assert.Contains("2.25", texts);
        Assert.Contains("3", texts);
    }

    [Fact]
    public void A_reliability_diagram_has_a_circle_for_each_bin()
    {
        var picture = SvgPicture.Parse(Evaluation.ToSvgReliability());
        (double X, double Y)[] centers = [.. picture.All("circle").Select(picture.Center)];

        double[] probabilities = new double[3];
        (double Confidence, bool IsRight)[] rows = [.. Given.HeldOut.Select(flower =>
        {
            Given.Flowers.Model.PredictProbabilities(flower, probabilities);
            return (probabilities.Max(), Array.IndexOf(probabilities, probabilities.Max()) == (int)flower.Species);
        })];
        (double, double)[] expected =
        [
            .. rows.GroupBy(static row => (int)Math.Ceiling(row.Confidence * 15)).OrderBy(static bin => bin.Key)
                .Select(static bin => (bin.Average(static row => row.Confidence), bin.Average(static row => row.IsRight ? 1.0 : 0.0))),
        ];

        Assert.Equal(expected.Length, centers.Length);
        Assert.All(expected.Zip(centers), static pair => AssertNear(pair.First, pair.Second));
    }

    [Fact]
    public void The_bars_of_classes_are_as_long_as_their_rows_are_many()
    {
        var picture = SvgPicture.Parse(ClassShare.Count(FlowerModel.Shape, [0, 0, 0, 1, 2, 2]).ToSvg());

        double[] widths = [.. picture.All("rect", "f0").Select(static rect => SvgPicture.Number(rect, "width"))];

        Assert.Equal(3, widths[0] / widths[1], 0.01);
        Assert.Equal(2, widths[2] / widths[1], 0.01);
        Assert.Contains("3 (50.0\u00a0%)", picture.All("text").Select(static text => text.Value));
    }

    [Fact]
    public void A_class_without_rows_is_named() => Assert.Contains(
        "Virginica the fewest, 0.0\u00a0%",
        SvgPicture.Parse(ClassShare.Count(FlowerModel.Shape, [0, 1]).ToSvg()).Description,
        StringComparison.Ordinal);

    private static void AssertNear((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 1e-4);
        Assert.Equal(expected.Y, actual.Y, 1e-4);
    }
}
