using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Figures;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Page;

/// <summary>Writes a report as a page: a summary, then a part for each question that people ask.</summary>
internal sealed class ReportPage
{
    private readonly ModelReport _report;
    private readonly Measured? _measured;
    private readonly List<Section> _sections = [];
    private int _figures;

    private ReportPage(ModelReport report)
    {
        _report = report;
        _measured = Measured.Of(report);
    }

    /// <summary>Writes a report.</summary>
    public static string Write(ModelReport report) => $"<!DOCTYPE html>\n{new ReportPage(report).ToElement()}\n";

    private Element ToElement()
    {
        AddData();
        AddTraining();
        AddEvaluation();
        AddModel();
        AddWorstRows();
        _sections.RemoveAll(static section => section.IsEmpty);
        return new Element("html").With("xmlns", "http://www.w3.org/1999/xhtml").With("lang", "en").Add(
            new Element("head").Add(
                new Element("meta").With("charset", "utf-8"),
                new Element("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
                new Element("meta").With("name", "color-scheme").With("content", "light dark"),

                // A browser asks for a picture of the page unless it has one.
                new Element("link").With("rel", "icon").With("href", "data:,"),
                new Element("title").Text(_report.Title),
                new Element("style").Text(PageStyle.StyleSheet + Theme.StyleSheet)),
            new Element("body").Add(
                Header(),
                Contents(),
                new Element("main").Add(_sections.Select(static section => section.ToElement())),
                new Element("footer").Add(Paragraph(Footer()))));
    }

    private Element Header() => new Element("header").Add(
        new Element("h1").Add(new Element("bdi").Text(_report.Title)),
        _report.Subtitle.Length > 0 ? Paragraph(_report.Subtitle).With("class", "subtitle") : null,
        _measured is null ? null : Summary.Create(_measured, _report.Curves));

    private Element? Contents() => _sections.Count < 2
        ? null
        : new Element("nav").With("aria-label", "Contents").Add(
            _sections.Select(static section => new Element("a").With("href", $"#{section.Id}").Text(section.Title)));

    private string Footer() => _report.Model is { Shape: ModelShape shape }
        ? $"{shape.Classes} classes, {shape.Features} features, {shape.ParameterCount} weights; fingerprint {shape.Fingerprint}. Written by SoftmaxGen.Reports."
        : "Written by SoftmaxGen.Reports.";

    private void AddData()
    {
        Section section = Add("data", "The data");
        if (_report.Classes.Count > 0)
        {
            section.Add(Card(ClassFigure.Create(_report.Classes, "rows to train on")));
        }
        else if (_measured is not null)
        {
            section.Add(Card(ClassFigure.Create(EvaluationPictures.Classes(_measured.Matrix), "rows that were evaluated")));
        }

        DataOddity[] oddities = [.. _report.Oddities, .. Separated()];
        if (oddities.Length > 0)
        {
            Table table = Table.Of(["where", "what"], oddities, static one => [one.Where, one.Finding]) with { TextColumns = 2 };
            section.Add(Card("What to look at", "None of it need be wrong; all of it is worth a look.", table));
        }
    }

    private IEnumerable<DataOddity> Separated()
    {
        if (_report.Training?.Separation is not Separation separation)
        {
            yield break;
        }

        foreach (string sentence in separation.ToString().Split('\n'))
        {
            yield return new DataOddity("separable classes", sentence);
        }
    }

    private void AddTraining()
    {
        Section section = Add("training", "The training");
        if (_report.Training is { History.Count: > 0 } trace)
        {
            section.Add(Card(TrainingFigure.Create(trace), $"{Summary.Ending(trace)} "));
        }

        if (_report.Path is L2PathResult path)
        {
            section.Add(Card(PathFigure.Create(path)));
        }

        if (_report.CrossValidation is CrossValidationResult validation)
        {
            section.Add(Card(
                $"Cross-validation in {validation.Folds.Count} folds",
                "Each fold was predicted by a model that was trained on the other folds.",
                Metrics.OfFolds(validation)));
        }
    }

    private void AddEvaluation()
    {
        Section section = Add("evaluation", "How good the model is");
        if (_measured is not null)
        {
            section.Add(
                Card(ConfusionFigure.Create(_measured.Matrix)),
                Card(
                    "Metrics by class",
                    "Precision: how many of the rows taken for the class are of it. Recall: how many of its rows are found. F1: the harmonic mean of the two.",
                    Metrics.OfClasses(_measured.Matrix)),
                Card(ReliabilityFigure.Create(_measured.Calibration)));
        }

        if (_report.Curves is OneVersusRest curves)
        {
            IReadOnlyList<string> names = CurvePictures.Distinct(curves.ClassNames);
            section.Add(
                Card(CurveFigure.OfRoc(names, CurvePictures.Distinct(curves.Roc))),
                Card(CurveFigure.OfPrecisionRecall(names, CurvePictures.Distinct(curves.PrecisionRecall))));
        }
    }

    private void AddModel()
    {
        Section section = Add("model", "What the model has learned");
        if (_report.Importance.Count > 0)
        {
            section.Add(Card(ImportanceFigure.Create(_report.Importance)));
        }

        if (_report.Model is ModelWeights model)
        {
            section.Add(Card(WeightsFigure.Create(model)));
            section.Add([.. EncodedMember.All(model.Shape).Select(member => Card(EffectFigure.Create(model, member)))]);
        }

        if (_report.Inference is StatisticalInference inference)
        {
            section.Add(Card(CoefficientFigure.Create(inference, _report.Model?.FeatureMoments)));
        }
    }

    private void AddWorstRows()
    {
        if (_report.WorstRows.Count > 0)
        {
            Add("worst", "Where it was most wrong").Add(Card(
                $"{_report.WorstRows.Count} rows",
                "Rows whose own class got the least probability: mistakes of the model, labels that are wrong, or rows unlike all others.",
                Metrics.OfRows(_report.WorstRows),
                isWide: true));
        }
    }

    private Section Add(string id, string title)
    {
        var section = new Section(id, title);
        _sections.Add(section);
        return section;
    }

    // The words stand above the picture for those who read, and in the picture for those who are read to.
    private Element Card(Figure figure, string before = "")
    {
        string id = Numbers.Count(++_figures);
        return new Element("article").With("class", figure.Width > Plot.Width ? "card wide" : "card").Add(
            new Element("h3").Text(figure.Title),
            Paragraph(before + figure.Description),
            new Element("div").With("class", "picture").With("tabindex", "0").With("role", "region").With("aria-label", figure.Title).Add(
                figure.ToElement($"figure-{id}").With("style", Size(figure))),
            figure.Table.ToElement($"{figure.Title}: the numbers"));
    }

    // Letters keep their size in wide pictures, which scroll, and grow a little in narrow ones.
    private static string Size(Figure figure) => figure.Width > Plot.Width
        ? $"width:{Numbers.Coordinate(figure.Width)}px"
        : $"width:100%;max-width:{Numbers.Coordinate(1.2 * figure.Width)}px";

    private static Element Card(string title, string text, Table table, bool isWide = false) =>
        new Element("article").With("class", isWide ? "card wide" : "card").Add(new Element("h3").Text(title), Paragraph(text), table.Plain(title));

    private static Element Paragraph(string text) => new Element("p").Text(text);
}
