using SoftmaxGen.Reports.Figures;

namespace SoftmaxGen.Reports;

/// <summary>
/// Pictures of evaluations, as the text of SVG files: light and dark as the reader's system is, with a title and a description for those who do not see
/// them, and the same bytes for the same numbers. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// Evaluation evaluation = model.Evaluate(heldOutRows, heldOutLabels);
/// File.WriteAllText("confusion.svg", evaluation.ToSvgConfusionMatrix());
/// </code>
/// </example>
public static class EvaluationPictures
{
    /// <summary>Draws the confusion matrix: actual classes in rows, predicted ones in columns, each row coloured by its shares.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="evaluation"/> is null.</exception>
    public static string ToSvgConfusionMatrix(this Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation.ConfusionMatrix.ToSvg();
    }

    /// <summary>Draws a confusion matrix: actual classes in rows, predicted ones in columns, each row coloured by its shares.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static string ToSvg(this ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return ConfusionFigure.Create(matrix).ToSvg();
    }

    /// <summary>Draws the reliability diagram: how often the model is right where it is so sure, by the bins of <see cref="Evaluation.Calibration"/>.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="evaluation"/> is null.</exception>
    public static string ToSvgReliability(this Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return ReliabilityFigure.Create(evaluation.Calibration).ToSvg();
    }

    /// <summary>Draws how many of the evaluated rows each class has.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="evaluation"/> is null.</exception>
    public static string ToSvgClassBalance(this Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return ClassFigure.Create(Classes(evaluation.ConfusionMatrix), "rows").ToSvg();
    }

    /// <summary>Draws how many rows each class has.</summary>
    /// <param name="classes">The classes, at least one; <see cref="ClassShare.Count"/> counts labels.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="classes"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no class.</exception>
    public static string ToSvg(this IReadOnlyList<ClassShare> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes.Count > 0
            ? ClassFigure.Create(classes, "rows").ToSvg()
            : throw new ArgumentException("There must be at least one class.", nameof(classes));
    }

    /// <summary>Gets the classes of the rows that were evaluated.</summary>
    /// <param name="matrix">Their confusion matrix.</param>
    /// <returns>The classes.</returns>
    internal static IReadOnlyList<ClassShare> Classes(ConfusionMatrix matrix) =>
        [.. matrix.PerClass.Select(static one => new ClassShare(one.Name, one.Weight))];
}
