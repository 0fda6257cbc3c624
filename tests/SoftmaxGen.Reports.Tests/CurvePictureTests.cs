using System.Xml.Linq;
using SoftmaxGen.Reports.Figures;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Curves go through the points that counting rows above each threshold gives.</summary>
public class CurvePictureTests
{
    private static readonly double[] _scores = [0.1, 0.9, 0.4, 0.4, 0.35, 0.8, 0.7, 0.2, 0.4, 0.65];

    private static readonly bool[] _isPositive = [false, true, true, false, false, true, false, false, true, true];

    [Fact]
    public void A_roc_curve_goes_through_the_rates_of_every_threshold()
    {
        var picture = SvgPicture.Parse(RocCurve.Create(_scores, _isPositive).ToSvg("spam"));

        (double X, double Y)[] expected =
        [
            (0, 0), .. _scores.Distinct().OrderDescending().Select(static threshold => (Rate(threshold, false), Rate(threshold, true))),
        ];

        AssertPath(expected, picture, picture.Named("path", "spam"));
    }

    [Fact]
    public void A_precision_recall_curve_has_the_steps_whose_area_is_the_average_precision()
    {
        PrecisionRecallCurve curve = PrecisionRecallCurve.Create(_scores, _isPositive);
        var picture = SvgPicture.Parse(curve.ToSvg("spam"));

        (double X, double Y)[] points = picture.Points(picture.Named("path", "spam"));
        double area = 0;
        for (int i = 1; i < points.Length; i++)
        {
            area += (points[i].X - points[i - 1].X) * points[i].Y;
        }

        Assert.Equal(curve.AveragePrecision, area, 1e-3);
        Assert.All(_scores.Distinct(), threshold => Assert.Contains(
            points, point => Math.Abs(point.X - Rate(threshold, true)) < 1e-4 && Math.Abs(point.Y - Precision(threshold)) < 1e-4));
    }

    [Fact]
    public void Each_class_has_its_curve_and_two_classes_have_one()
    {
        using TrainingSet<FlowerModel, double> flowers = FlowerModel.CreateTrainingSet(Given.HeldOut);
        using TrainingSet<CustomerModel, double> clients = CustomerModel.CreateTrainingSet(Given.Clients);
        OneVersusRest ofThree = OneVersusRest.Create(Given.Flowers.Model, flowers);
        OneVersusRest ofTwo = OneVersusRest.Create(Given.Churn.Model, clients);

        Assert.Equal(["Setosa", "Versicolor", "Virginica"], Names(ofThree.ToSvgRoc()));
        Assert.Equal(["Setosa", "Versicolor", "Virginica"], Names(ofThree.ToSvgPrecisionRecall()));
        Assert.Equal(["Leaves"], Names(ofTwo.ToSvgRoc()));
        Assert.Equal(["Leaves"], Names(ofTwo.ToSvgPrecisionRecall()));
    }

    [Fact]
    public void Of_many_classes_the_worst_have_colours()
    {
        string[] names = [.. Enumerable.Range(0, 128).Select(static i => $"class {i}")];
        RocCurve[] curves =
            [.. Enumerable.Range(0, 128)
                .Select(static i => RocCurve.Create([.. _scores.Select((score, row) => score + (row == i % 10 ? i : 0))], _isPositive))];

        var picture = SvgPicture.Parse(CurveFigure.OfRoc(names, curves).ToSvg());

        XElement[] paths = [.. picture.All("path")];
        Assert.Equal(128, paths.Length);
        IEnumerable<string> colored = paths.Where(static path => path.Attribute("class")!.Value != "line context").Select(static path => path.Value);
        Assert.Equal(curves.Zip(names).OrderBy(static pair => pair.First.AreaUnderCurve).Take(8).Select(static pair => pair.Second).Order(), colored.Order());
        Assert.Contains("the other 120 are grey", picture.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_of_many_rows_is_a_short_text_near_all_points()
    {
        var random = new Random(1);
        bool[] isPositive = [.. Enumerable.Range(0, 200_000).Select(_ => random.Next(2) == 0)];
        RocCurve curve = RocCurve.Create([.. isPositive.Select(positive => random.NextDouble() + (positive ? 0.3 : 0))], isPositive);
        string svg = curve.ToSvg();
        var picture = SvgPicture.Parse(svg);
        (double X, double Y)[] points = picture.Points(picture.All("path").Single());

        Assert.InRange(svg.Length, 0, 60_000);
        Assert.All(curve.Points.Where(static (_, i) => i % 997 == 0), point => Assert.Contains(
            points, drawn => Math.Abs(drawn.X - point.FalsePositiveRate) < 0.002 && Math.Abs(drawn.Y - point.TruePositiveRate) < 0.002));
    }

    private static string[] Names(string svg) => [.. SvgPicture.Parse(svg).All("path").Select(static path => path.Value)];

    private static double Rate(double threshold, bool positive) =>
        _scores.Zip(_isPositive).Count(row => row.Second == positive && row.First >= threshold) / (double)_isPositive.Count(one => one == positive);

    private static double Precision(double threshold) =>
        _scores.Zip(_isPositive).Count(row => row.Second && row.First >= threshold) / (double)_scores.Count(score => score >= threshold);

    private static void AssertPath((double X, double Y)[] expected, SvgPicture picture, XElement path)
    {
        (double X, double Y)[] points = picture.Points(path);
        Assert.Equal(expected.Length, points.Length);
        Assert.All(expected.Zip(points), static pair =>
        {
            Assert.Equal(pair.First.X, pair.Second.X, 1e-4);
            Assert.Equal(pair.First.Y, pair.Second.Y, 1e-4);
        });
    }
}
