using System.Xml.Linq;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Pictures of models agree with what the models predict.</summary>
public class ModelPictureTests
{
    private static readonly Customer _client = new(Contract.OneYear, "DSL", 20, 30, 2, 40, Churn.Stays);

    [Fact]
    public void Effects_of_levels_are_differences_of_log_odds()
    {
        AssertBars("Contract", ("Monthly", _client with { Contract = Contract.Monthly }), ("TwoYears", _client with { Contract = Contract.TwoYears }));
        AssertBars("Internet", ("fiber", _client with { Internet = "fiber" }), ("missing", _client with { Internet = null }));
        AssertBars("Months", ("< 12", _client with { Months = 3 }), ("≥ 24.5", _client with { Months = 25 }));
        AssertBars("Months", ("12 to 24.5", _client with { Months = 12 }), ("≥ 24.5", _client with { Months = 25 }));
    }

    [Fact]
    public void Effects_of_knots_are_differences_of_log_odds()
    {
        var picture = SvgPicture.Parse(Given.Churn.Model.ToSvgEffect("Usage"));
        (double X, double Y)[] points = picture.Points(picture.Named("path", "Leaves"));

        Assert.InRange(points.Length, 4, 4);
        Assert.Equal(20, points[1].X, 0.05);
        Assert.Equal(50, points[2].X, 0.05);
        double[] odds = [.. points.Select(static point => LogOdds(_client with { Usage = point.X }))];
        for (int i = 1; i < points.Length; i++)
        {
            Assert.Equal(odds[i] - odds[0], points[i].Y - points[0].Y, 0.02 * (odds.Max() - odds.Min()));
        }
    }

    [Fact]
    public void A_missing_number_is_compared_with_the_same_value_as_the_curve()
    {
        ModelReport report = new() { Model = ModelWeights.Of(Given.Churn.Model) };
        string[] missing = HtmlPage.Parse(report.ToHtml()).Table("Effect of Calls").Single(static row => row[0] == "missing");

        // The knot, 1, is where the curve is 0.
        Assert.Equal(LogOdds(_client with { Calls = null }) - LogOdds(_client with { Calls = 1 }), HtmlPage.Number(missing[1]), 1e-3);
    }

    [Fact]
    public void Effects_on_several_classes_are_scores_less_their_mean()
    {
        var picture = SvgPicture.Parse(Given.Plans.Model.ToSvgEffect("Contract"));
        double[] monthly = Centered(new Subscriber(Contract.Monthly, 30, default));
        double[] twoYears = Centered(new Subscriber(Contract.TwoYears, 30, default));
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(twoYears[j] - monthly[j], Effect("TwoYears", j) - Effect("Monthly", j), 2e-3);
        }

        double Effect(string level, int j)
        {
            string beginning = $"{level}, {(Plan)j}: ";
            string title = picture.All("rect").Select(static rect => rect.Value).Single(text => text.StartsWith(beginning, StringComparison.Ordinal));
            return HtmlPage.Number(title[beginning.Length..]);
        }
    }

    [Fact]
    public void Weights_of_two_classes_are_bars_in_deviations()
    {
        var picture = SvgPicture.Parse(Given.Churn.Model.ToSvgWeights());
        ReadOnlySpan<double> weights = Given.Churn.Model.Weights;
        int usage = CustomerModel.Shape.FeatureNames.ToList().IndexOf("Usage"), charges = CustomerModel.Shape.FeatureNames.ToList().IndexOf("Charges");
        int columns = CustomerModel.Features + 1;
        double expected = Standardized(weights, usage) / Standardized(weights, charges);

        Assert.Equal(Math.Abs(expected), Width("Usage") / Width("Charges"), 0.05 * Math.Abs(expected));

        double Width(string name) => SvgPicture.Number(
            picture.All("rect").Single(rect => rect.Value.StartsWith(name + ":", StringComparison.Ordinal)), "width");

        double Standardized(ReadOnlySpan<double> w, int k) => (w[columns + k + 1] - w[k + 1]) * Given.Churn.FeatureMoments.Deviations[k];
    }

    [Fact]
    public void Weights_of_several_classes_are_those_that_the_library_standardizes()
    {
        var picture = SvgPicture.Parse(Given.Flowers.Model.ToSvgWeights());
        foreach (StandardizedWeight weight in Given.Flowers.Model.StandardizedWeights())
        {
            for (int j = 0; j < 3; j++)
            {
                string beginning = $"{weight.Name}, {(Species)j}: ";
                XElement cell = picture.All("rect").Single(rect => rect.Value.StartsWith(beginning, StringComparison.Ordinal));
                Assert.Equal(weight.Weights[j], HtmlPage.Number(cell.Value[beginning.Length..]), 5e-4 * Math.Abs(weight.Weights[j]));
                Assert.Equal(weight.Weights[j] < 0 ? "f5" : "f0", cell.Attribute("class")!.Value);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Intervals_end_where_the_inference_says(bool inDeviations)
    {
        using TrainingSet<CustomerModel, double> set = CustomerModel.CreateTrainingSet(Given.Clients);
        StatisticalInference inference = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1e-3, Tolerance = 1e-9 }).Inference(set, CovarianceForm.Sandwich);
        FeatureMoments? moments = inDeviations ? Given.Churn.FeatureMoments : null;
        var picture = SvgPicture.Parse(inference.ToSvg(moments));
        XElement[] circles = [.. picture.All("circle")];
        XElement[] lines = [.. picture.All("line", "guide")];
        Coefficient[] slopes = [.. inference.Coefficients.Where(static one => one.Column > 0)];
        Assert.Equal(slopes.Length, circles.Length);
        Assert.Equal(slopes.Length, lines.Length);

        // Two points give the scale.
        double zero = SvgPicture.Number(picture.All("line", "axis").Single(), "x1");
        int largest = Array.FindIndex(slopes, one => Scaled(one) == slopes.Max(Scaled));
        double unit = (SvgPicture.Number(circles[largest], "cx") - zero) / Scaled(slopes[largest]);
        for (int i = 0; i < slopes.Length; i++)
        {
            double scale = Scaled(slopes[i]) / slopes[i].Estimate;
            Assert.Equal(zero + (unit * Scaled(slopes[i])), SvgPicture.Number(circles[i], "cx"), 0.05);
            Assert.Equal(zero + (unit * scale * slopes[i].Interval().Lower), SvgPicture.Number(lines[i], "x1"), 0.05);
            Assert.Equal(zero + (unit * scale * slopes[i].Interval().Upper), SvgPicture.Number(lines[i], "x2"), 0.05);
        }

        Assert.Throws<ArgumentException>(() => inference.ToSvg(new FeatureMoments([0], [1])));

        double Scaled(Coefficient one) => one.Estimate * (moments is null ? 1 : moments.Deviations[one.Column - 1]);
    }

    [Fact]
    public void Importances_are_in_descending_order()
    {
        PermutationImportance[] importances =
        [
            Importance("little", 0.01, 0.02), Importance("much", 0.5, 0.1), Importance("some", 0.25, 0),
        ];

        var picture = SvgPicture.Parse(importances.ToSvg());

        XElement[] bars = [.. picture.All("rect").Where(static rect => rect.Element(SvgPicture.Svg + "title") is not null)];
        Assert.Equal(["much: 0.5", "some: 0.25", "little: 0.01"], bars.Select(static bar => bar.Value));
        Assert.Equal(2, SvgPicture.Number(bars[0], "width") / SvgPicture.Number(bars[1], "width"), 0.01);
        Assert.Equal(2, picture.All("line", "guide").Count());
        Assert.Equal("No feature was shuffled.", SvgPicture.Parse(Array.Empty<PermutationImportance>().ToSvg()).Description);
    }

    [Fact]
    public void Contributions_of_members_add_up_to_the_lead()
    {
        double[] contributions = new double[CustomerModel.Features];
        Explanation<Churn, double> explanation = Given.Churn.Model.Explain(_client, contributions);

        var picture = SvgPicture.Parse(explanation.ToSvg(CustomerModel.Shape, contributions));

        double[] bars = picture.Bars();
        Assert.Equal(CustomerModel.Shape.FeatureGroups.Count + 1, bars.Length);
        Assert.Equal(explanation.Margin, bars.Sum(), 0.02);
        Assert.Equal($"Why {explanation.Label}, not {explanation.RunnerUp}", picture.Title);
    }

    [Fact]
    public void Contributions_against_a_reference_begin_with_it()
    {
        double[] contributions = new double[4];
        Flower flower = Given.HeldOut[^1];
        ReferenceExplanation explanation = Given.Flowers.Model.ExplainMargin(flower, Species.Virginica, Species.Versicolor, contributions);

        var picture = SvgPicture.Parse(explanation.ToSvg(FlowerModel.Shape, contributions, "Virginica against Versicolor"));

        double[] bars = picture.Bars();
        Assert.Equal(explanation.AtReference, bars[0], 0.005 * Math.Abs(explanation.AtReference));
        Assert.Equal(explanation.Value, bars.Sum(), 0.02);
        Assert.Throws<ArgumentException>(() => explanation.ToSvg(FlowerModel.Shape, contributions.AsSpan(1)));
    }

    [Fact]
    public void Members_without_a_picture_are_refused_by_name()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Given.Churn.Model.ToSvgEffect("Charges"));

        Assert.Contains("Contract, Internet, Months, Usage, Calls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ModelWeights(Given.Shape(3, 2), new double[8]));
        Assert.Throws<ArgumentException>(() => new ModelWeights(Given.Shape(3, 2), new double[9], new FeatureMoments([0], [1])));
        Assert.Throws<ArgumentException>(() => new ModelWeights(Given.Shape(2, 1), [0, 1, double.NaN, 2]));
    }

    private static PermutationImportance Importance(string name, double increase, double deviation) =>
        new() { Feature = 0, Name = name, LogLossIncrease = increase, LogLossDeviation = deviation, AccuracyDrop = 0, AccuracyDeviation = 0 };

    // Of two levels: what the bars say, and how the log odds of rows differ that differ in nothing else.
    private static void AssertBars(string member, (string Level, Customer Customer) first, (string Level, Customer Customer) second)
    {
        var picture = SvgPicture.Parse(Given.Churn.Model.ToSvgEffect(member));
        double shown = Value(second.Level) - Value(first.Level);

        Assert.Equal(LogOdds(second.Customer) - LogOdds(first.Customer), shown, 0.01);

        double Value(string level) =>
            HtmlPage.Number(picture.All("rect").Single(rect => rect.Value.StartsWith(level + ": ", StringComparison.Ordinal)).Value[(level.Length + 2)..]);
    }

    private static double LogOdds(Customer client)
    {
        double[] scores = new double[2];
        Given.Churn.Model.PredictScores(client, scores);
        return scores[1] - scores[0];
    }

    private static double[] Centered(Subscriber subscriber)
    {
        double[] scores = new double[3];
        Given.Plans.Model.PredictScores(subscriber, scores);
        return [.. scores.Select(score => score - scores.Average())];
    }
}
