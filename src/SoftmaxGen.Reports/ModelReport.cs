using System.Numerics;
using System.Text;
using SoftmaxGen.Persistence;
using SoftmaxGen.Reports.Page;

namespace SoftmaxGen.Reports;

/// <summary>
/// A page about a model: pictures with their numbers, in one HTML file that asks nobody for anything. It has a part for whatever it is given, and none for
/// the rest. Light and dark as the reader's system is, printable, for telephones and wide screens; without a script. The same report is the same bytes.
/// Immutable.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/reports.md">reports</see>.</remarks>
/// <example>
/// <code>
/// using TrainingSet&lt;IrisModel, double> heldOut = IrisModel.CreateTrainingSet(heldOutRows, heldOutLabels);
/// ModelReport report = ModelReport.Create(training, heldOut) with { Title = "Irises", Path = path };
/// report.Save("report.html");
/// </code>
/// </example>
public sealed record ModelReport
{
    /// <summary>Gets the title of the page.</summary>
    public string Title { get; init; } = "Model report";

    /// <summary>Gets a line below the title: where the data come from, say. Empty for none.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Gets what <see cref="Evaluation"/>, <see cref="Curves"/> and <see cref="WorstRows"/> were made of.</summary>
    public string EvaluatedOn { get; init; } = "rows that the model was not trained on";

    /// <summary>Gets how many rows of each class there are to train on; empty: those of the <see cref="Evaluation"/> are shown.</summary>
    public IReadOnlyList<ClassShare> Classes { get; init; } = [];

    /// <summary>Gets what a person should look at in the data.</summary>
    public IReadOnlyList<DataOddity> Oddities { get; init; } = [];

    /// <summary>Gets how the model did on rows whose labels are known.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>Gets the ROC and precision-recall curves.</summary>
    public OneVersusRest? Curves { get; init; }

    /// <summary>Gets the course of the training.</summary>
    public TrainingTrace? Training { get; init; }

    /// <summary>Gets the strengths of the penalty that were tried.</summary>
    public L2PathResult? Path { get; init; }

    /// <summary>Gets the folds of a cross-validation. Without an <see cref="Evaluation"/> the page tells how the model did on all folds together.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>Gets what the model is made of: its weights, and the effects of encoded members.</summary>
    public ModelWeights? Model { get; init; }

    /// <summary>Gets how sure the data make the weights.</summary>
    public StatisticalInference? Inference { get; init; }

    /// <summary>Gets how much worse the model does without each feature or member.</summary>
    public IReadOnlyList<PermutationImportance> Importance { get; init; } = [];

    /// <summary>Gets the rows that the model was most wrong about.</summary>
    public IReadOnlyList<WorstRow> WorstRows { get; init; } = [];

    /// <summary>
    /// Makes the report of a training: its course, its weights, and how the model does on other rows, with curves where each class has some and with the
    /// importance of features or members. What is left is for <c>with</c>: <see cref="Path"/>, <see cref="Inference"/>, <see cref="WorstRows"/>, <see
    /// cref="Oddities"/>.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="training">The training.</param>
    /// <param name="heldOut">Rows that the model was not trained on.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="training"/> or <paramref name="heldOut"/> is null.</exception>
    /// <exception cref="ArgumentException">The set has soft labels or offsets, or the scores of a row overflow.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static ModelReport Create<TModel, T>(TrainingResult<TModel> training, TrainingSet<TModel, T> heldOut)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        TModel model = training.Model;
        Evaluation evaluation = model.Evaluate(heldOut);
        bool hasAll = evaluation.ConfusionMatrix.PerClass.All(static one => one.Weight > 0);
        bool hasMembers = TModel.Shape.FeatureGroups.Count > 0;
        return new ModelReport
        {
            Evaluation = evaluation,
            Curves = hasAll ? OneVersusRest.Create(model, heldOut) : null,
            Training = TrainingTrace.Of(training),
            Model = ModelWeights.Of(model),
            Importance = hasMembers ? model.PermutationImportanceByGroup(heldOut) : model.PermutationImportance(heldOut),
        };
    }

    /// <summary>Writes the page.</summary>
    /// <returns>The HTML, well-formed XML as well, lines ended by <c>\n</c>.</returns>
    public string ToHtml() => ReportPage.Write(this);

    /// <summary>Saves the page, in UTF-8, atomically: a crash leaves the old file or the new one.</summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public void Save(string path)
    {
        byte[] page = Encoding.UTF8.GetBytes(ToHtml());
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
