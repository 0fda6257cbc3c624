using SoftmaxGen.Reports.Figures;

namespace SoftmaxGen.Reports;

/// <summary>Pictures of trainings and of the choice of a penalty, as the text of SVG files. Thread-safe.</summary>
public static class TrainingPictures
{
    /// <summary>Draws the loss curve: the objective after each iteration, and the loss on the validation set where there is one.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="training">The training.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="training"/> is null.</exception>
    public static string ToSvgLoss<TModel>(this TrainingResult<TModel> training) => TrainingTrace.Of(training).ToSvg();

    /// <summary>Draws the loss curve: the objective after each iteration, and the loss on the validation set where there is one.</summary>
    /// <param name="trace">The training.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trace"/> is null.</exception>
    /// <exception cref="ArgumentException">The history is empty.</exception>
    public static string ToSvg(this TrainingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.History.Count > 0
            ? TrainingFigure.Create(trace).ToSvg()
            : throw new ArgumentException("The history must have at least one entry.", nameof(trace));
    }

    /// <summary>Draws the log loss of each strength of the penalty, with its standard errors, and marks the two choices.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static string ToSvg(this L2PathResult path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PathFigure.Create(path).ToSvg();
    }
}
