using System.Xml.Linq;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>A report has a part for what it is given, and its numbers are those of the library.</summary>
public class ModelReportTests
{
    private static readonly ModelReport _report = Given.FullReport();

    private static readonly HtmlPage _page = HtmlPage.Parse(_report.ToHtml());

    [Fact]
    public void Every_picture_has_its_numbers_below()
    {
        XElement[] cards = [.. _page.All("article").Where(static card => card.Descendants().Any(static one => one.Name.LocalName == "svg"))];

        Assert.Equal(10, cards.Length);
        Assert.All(cards, static card => Assert.Single(card.Descendants(), static one => one.Name.LocalName == "tbody"));
    }

    [Fact]
    public void Pictures_have_ids_of_their_own_and_words_for_those_who_do_not_see_them()
    {
        XElement[] pictures = [.. _page.Root.Descendants().Where(static one => one.Name.LocalName == "svg")];
        string[] ids = [.. _page.Root.Descendants().Attributes("id").Select(static id => id.Value)];

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(pictures, picture =>
        {
            Assert.Equal("img", picture.Attribute("role")!.Value);
            Assert.All(picture.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains(id, ids));
        });
    }

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        string html = _report.ToHtml();

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.All(_page.All("style"), static style => Assert.DoesNotContain(style.Value, static letter => letter is '<' or '>' or '&'));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        string[] addresses =
            [.. _page.Root.DescendantsAndSelf().Attributes().Where(static one => one.Name.LocalName is "href" or "src").Select(static one => one.Value)];
        Assert.All(addresses, static address => Assert.True(address is ['#', ..] or "data:,", address));
        Assert.All(
            addresses.Where(static address => address[0] == '#'),
            address => Assert.Contains(_page.Root.Descendants(), one => one.Attribute("id")?.Value == address[1..]));
    }

    [Fact]
    public void The_same_report_is_the_same_bytes() => Assert.Equal(Given.FullReport().ToHtml(), _report.ToHtml());

    [Fact]
    public void Metrics_are_those_of_the_evaluation()
    {
        Evaluation evaluation = Given.Flowers.Model.Evaluate(Given.HeldOut);
        string[][] rows = _page.Table("Metrics by class");

        Assert.Equal(5, rows.Length);
        foreach (ClassMetrics metrics in evaluation.ConfusionMatrix.PerClass)
        {
            string[] row = rows.Single(row => row[0] == metrics.Name);
            Assert.Equal(metrics.Precision, HtmlPage.Number(row[1]) / 100, 6e-4);
            Assert.Equal(metrics.Recall, HtmlPage.Number(row[2]) / 100, 6e-4);
            Assert.Equal(metrics.F1, HtmlPage.Number(row[3]) / 100, 6e-4);
            Assert.Equal(metrics.Support, HtmlPage.Number(row[4]));
        }

        string[] tiles = [.. _page.All("dd").Where(static one => one.Attribute("class")!.Value == "value").Select(static one => one.Value)];
        Assert.Equal(evaluation.Accuracy, HtmlPage.Number(tiles[0]) / 100, 6e-4);
        Assert.Equal(evaluation.LogLoss, HtmlPage.Number(tiles[1]), 6e-5);
        Assert.Equal(evaluation.ConfusionMatrix.Macro.F1, HtmlPage.Number(tiles[2]) / 100, 6e-4);
        Assert.Equal(_report.Curves!.MacroAreaUnderCurve, HtmlPage.Number(tiles[3]), 6e-5);
        Assert.Equal(evaluation.CalibrationError, HtmlPage.Number(tiles[4]) / 100, 6e-4);
    }

    [Fact]
    public void Tables_below_pictures_are_those_of_the_results()
    {
        Species[] predicted = [.. Given.HeldOut.Select(static flower => Given.Flowers.Model.Predict(flower))];
        Assert.All(_page.Table("Confusion matrix"), row => Assert.Equal(
            Enum.GetValues<Species>().Select(other => Given.HeldOut.Zip(predicted).Count(pair => $"{pair.First.Species}" == row[0] && pair.Second == other)),
            row[1..].Select(static cell => (int)HtmlPage.Number(cell))));
        Assert.All(
            _page.Table("ROC curves").Zip(_report.Curves!.Roc), static pair => Assert.Equal(pair.Second.AreaUnderCurve, HtmlPage.Number(pair.First[1]), 6e-5));
        Assert.All(
            _page.Table("Precision and recall").Zip(_report.Curves.PrecisionRecall),
            static pair => Assert.Equal(pair.Second.AveragePrecision, HtmlPage.Number(pair.First[1]), 6e-5));
        Assert.All(_page.Table("Choice of the penalty").Zip(_report.Path!.Points), static pair =>
        {
            Assert.Equal(pair.Second.L2, HtmlPage.Number(pair.First[0]), 1e-3 * pair.Second.L2);
            Assert.Equal(pair.Second.CrossValidation.LogLoss.Mean, HtmlPage.Number(pair.First[1]), 1e-3);
            Assert.Equal(pair.Second.CrossValidation.LogLoss.StandardError, HtmlPage.Number(pair.First[2]), 1e-3);
        });
        Assert.All(_page.Table("Loss while training").Zip(Given.Flowers.History), static pair =>
        {
            Assert.Equal(pair.Second.Iteration, HtmlPage.Number(pair.First[0]));
            Assert.Equal(pair.Second.Objective, HtmlPage.Number(pair.First[1]), 1e-5);
        });
        Assert.All(_page.Table("Coefficients with 95 % intervals").Zip(_report.Inference!.Coefficients), static pair =>
        {
            Assert.Equal([pair.Second.ClassName, pair.Second.FeatureName], pair.First[..2]);
            Assert.Equal(pair.Second.Estimate, HtmlPage.Number(pair.First[2]), 1e-3 * Math.Abs(pair.Second.Estimate));
            Assert.Equal(pair.Second.Interval().Upper, HtmlPage.Number(pair.First[7]), 1e-3 * Math.Abs(pair.Second.Interval().Upper));
        });
        Assert.All(_page.Table("Cross-validation in 5 folds")[1][3..].Zip(_report.CrossValidation!.Folds), static pair =>
            Assert.Equal(pair.Second.Evaluation.Accuracy, HtmlPage.Number(pair.First) / 100, 6e-4));
    }

    [Fact]
    public void The_worst_rows_are_those_with_the_least_probability()
    {
        double[] probabilities = new double[3];
        (int Index, double Probability)[] expected =
        [
            .. Given.HeldOut.Select((flower, i) =>
            {
                Given.Flowers.Model.PredictProbabilities(flower, probabilities);
                return (i, probabilities[(int)flower.Species]);
            }).OrderBy(static row => row.Item2).Take(8),
        ];

        Assert.Equal(expected.Select(static row => row.Index), _report.WorstRows.Select(static row => row.Index));
        Assert.All(expected.Zip(_report.WorstRows), static pair => Assert.Equal(pair.First.Probability, pair.Second.ActualProbability, 1e-12));
        Assert.All(_report.WorstRows, static row => Assert.Equal(Given.HeldOut[row.Index].ToString(), row.Content));
        Assert.Equal(_report.WorstRows.Select(static row => row.Name), _page.Table("8 rows").Select(static row => row[0]));
    }

    [Fact]
    public void Rows_of_numbers_are_found_like_rows_of_types()
    {
        double[] rows =
            [.. Given.HeldOut.SelectMany(static flower => (double[])[flower.SepalLength, flower.SepalWidth, flower.PetalLength, flower.PetalWidth])];

        IReadOnlyList<WorstRow> found = Given.Flowers.Model.WorstRows(rows, [.. Given.HeldOut.Select(static flower => (int)flower.Species)], 8);

        Assert.Equal(_report.WorstRows.Select(static row => row with { Content = "" }), found.Select(static row => row with { Content = "" }));
        Assert.StartsWith("SepalLength ", found[0].Content, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WorstRow.Find(FlowerModel.Shape, [0.1, 0.2, 0.7], [7]));
        Assert.Throws<ArgumentException>(() => WorstRow.Find(FlowerModel.Shape, [0.1, 0.2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorstRow.Find(FlowerModel.Shape, [0.1, 0.2, 0.7], [1], -1));
    }

    [Fact]
    public void Constant_columns_and_copies_are_odd()
    {
        double[] rows = [1, 5, 1, 0.0, 2, 5, 2, -0.0, 3, 5, 3, 0.0];

        IReadOnlyList<DataOddity> found = DataOddity.Find(Given.Shape(2, 4), rows);

        Assert.Equal(["x2", "x3", "x4"], found.Select(static one => one.Where));
        Assert.Contains("5 in every row", found[0].Finding, StringComparison.Ordinal);
        Assert.Contains("a copy of x1", found[1].Finding, StringComparison.Ordinal);
        Assert.Empty(DataOddity.Find(Given.Shape(2, 4), [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => DataOddity.Find(Given.Shape(2, 4), [1]));
    }

    [Fact]
    public void Separable_classes_are_odd()
    {
        TrainingResult<FlowerModel> separable = FlowerModel.Train([.. Flower.All], new TrainingOptions { L2 = 0 });
        var page = HtmlPage.Parse(new ModelReport { Training = TrainingTrace.Of(separable) }.ToHtml());

        Assert.Equal(StopReason.Separable, separable.StopReason);
        Assert.Equal(separable.Separation!.ToString().Split('\n'), page.Table("What to look at").Select(static row => row[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_an_evaluation_the_folds_of_a_cross_validation_are_taken_together(bool isWeighted)
    {
        double[] weights = isWeighted ? [.. Enumerable.Range(0, 150).Select(static i => 0.5 + (i % 4))] : [];
        using TrainingSet<FlowerModel, double> all = FlowerModel.CreateTrainingSet([.. Flower.All], weights);
        var validation = SoftmaxGen.CrossValidation.Run(all, new TrainingOptions { L2 = 0.01 });
        Evaluation[] folds = [.. validation.Folds.Select(static fold => fold.Evaluation)];
        double total = folds.Sum(static fold => fold.TotalWeight);

        var page = HtmlPage.Parse(new ModelReport { CrossValidation = validation }.ToHtml());

        string[] tiles = [.. page.All("dd").Where(static one => one.Attribute("class")!.Value == "value").Select(static one => one.Value)];
        Assert.Equal(folds.Sum(static fold => fold.Accuracy * fold.TotalWeight) / total, HtmlPage.Number(tiles[0]) / 100, 6e-4);
        Assert.Equal(folds.Sum(static fold => fold.LogLoss * fold.TotalWeight) / total, HtmlPage.Number(tiles[1]), 6e-5);
        Assert.Equal(150, HtmlPage.Number(tiles[^1]));
        Assert.All(page.Table("Confusion matrix"), row => Assert.All(Enum.GetValues<Species>(), other => Assert.Equal(
            folds.Sum(fold => fold.ConfusionMatrix.Weight(Enum.Parse<Species>(row[0]), other)), HtmlPage.Number(row[1 + (int)other]), 1e-3)));
        Assert.All(page.Table("Reliability"), row =>
        {
            CalibrationBin[] bins = [.. folds.SelectMany(static fold => fold.Calibration).Where(bin => Math.Abs((100 * bin.Upper) - Upper(row)) < 0.06)];
            Assert.Equal(bins.Sum(static bin => bin.Weight), HtmlPage.Number(row[1]), 1e-3);
            Assert.Equal(bins.Sum(static bin => bin.Weight * bin.Accuracy) / bins.Sum(static bin => bin.Weight), HtmlPage.Number(row[3]) / 100, 6e-4);
        });

        static double Upper(string[] row) => HtmlPage.Number(row[0]["up to ".Length..]);
    }

    [Fact]
    public void An_empty_report_is_a_page()
    {
        var page = HtmlPage.Parse(new ModelReport().ToHtml());

        Assert.Equal("Model report", page.All("title").Single().Value);
        Assert.Empty(page.All("section"));
    }

    [Fact]
    public void A_report_of_members_has_their_effects_and_importances()
    {
        using TrainingSet<CustomerModel, double> heldOut = CustomerModel.CreateTrainingSet(Customer.Make(200, seed: 2));
        var page = HtmlPage.Parse(ModelReport.Create(Given.Churn, heldOut).ToHtml());

        Assert.Equal(
            ["Effect of Contract", "Effect of Internet", "Effect of Months", "Effect of Usage", "Effect of Calls"],
            page.All("h3").Select(static title => title.Value).Where(static title => title.StartsWith("Effect", StringComparison.Ordinal)));
        Assert.Equal(CustomerModel.Shape.FeatureGroups.Select(static group => group.Name).Order(), page.Table("What the model relies "
            + "on").Select(static row => row[0]).Order());
    }

    [Fact]
    public void A_saved_report_is_the_page_in_UTF_8()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            _report.Save(path);

            Assert.Equal(_report.ToHtml(), File.ReadAllText(path));
            Assert.Equal((byte)'<', File.ReadAllBytes(path)[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
