using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>How a model did on rows whose labels are known. Immutable and thread-safe.</summary>
public sealed class Evaluation
{
    /// <summary>A wider matrix is not read, and is left out of the report.</summary>
    private const int MostClassesInReport = 20;

    // rankCounts[r]: the rows whose own class had r classes before it.
    private readonly int[] _rankCounts;

    /// <summary>Initializes a new instance of the <see cref="Evaluation"/> class.</summary>
    /// <param name="sums">The sums over the rows.</param>
    internal Evaluation(EvaluationSums sums)
    {
        ConfusionMatrix = new ConfusionMatrix(sums.Shape, sums.Confusion);
        LogLoss = sums.Loss / ConfusionMatrix.RowCount;
        Brier = sums.SquaredErrors / ConfusionMatrix.RowCount;
        Calibration = Array.AsReadOnly([.. sums.Calibration.Select((bin, index) => bin.ToBin(index, sums.Calibration.Length))]);
        CalibrationError = Calibration.Sum(bin => bin.RowCount * Math.Abs(bin.Accuracy - bin.Confidence)) / ConfusionMatrix.RowCount;
        _rankCounts = sums.RankCounts;
    }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount => ConfusionMatrix.RowCount;

    /// <summary>
    /// Gets the mean of <c>-log P(y|x)</c>, computed as <c>logsumexp(S) - S_y</c>: finite where the probability itself would be 0, and exact to about
    /// 1e-16 where it would be 1.
    /// </summary>
    public double LogLoss { get; }

    /// <summary>Gets the share of the rows predicted rightly. Ties go to the lowest label.</summary>
    public double Accuracy => ConfusionMatrix.Accuracy;

    /// <summary>
    /// Gets the mean of <c>sum_j (P(Y=j|x) - [j == y])^2</c> (Brier, <i>Verification of forecasts expressed in terms of probability</i>, 1950): from 0, the
    /// best, to 2. For two classes it is twice the mean squared error of one probability, which some call by the same name.
    /// </summary>
    public double Brier { get; }

    /// <summary>
    /// Gets the expected calibration error: the mean over the rows of the distance between accuracy and confidence of the row's
    /// <see cref="Calibration"/> bin (Guo, Pleiss, Sun and Weinberger, <i>On calibration of modern neural networks</i>, 2017).
    /// </summary>
    public double CalibrationError { get; }

    /// <summary>
    /// Gets the 15 bins of the calibration error: of equal width, by the probability of the predicted class, the upper bound included.
    /// </summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; }

    /// <summary>Gets the confusion matrix, with precision, recall and F1.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>Gets the share of the rows whose class is among those with the <paramref name="k"/> largest scores. Ties go to the lowest label.</summary>
    /// <param name="k">The number of classes to consider: 1 gives the <see cref="Accuracy"/>, and C gives 1.</param>
    /// <returns>The share.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1 or more than the number of classes.</exception>
    public double TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, _rankCounts.Length);
        return (double)_rankCounts.Take(k).Sum() / RowCount;
    }

    /// <summary>Writes a report for people to read, in the invariant culture; beyond 20 classes without the confusion matrix.</summary>
    /// <returns>The report, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{RowCount} rows: log loss {LogLoss:G5}, accuracy {Accuracy:F4}, Brier {Brier:G5}, calibration error {CalibrationError:F4}\n\n");

        int first = Math.Max("weighted mean".Length, ConfusionMatrix.PerClass.Max(metrics => metrics.Name.Length));
        text.Append(CultureInfo.InvariantCulture, $"{"".PadRight(first)}{"precision",11}{"recall",9}{"F1",9}{"support",10}\n");
        foreach (ClassMetrics metrics in ConfusionMatrix.PerClass)
        {
            AppendLine(metrics.Name, metrics.Precision, metrics.Recall, metrics.F1, metrics.Support);
        }

        AppendAverage("macro mean", ConfusionMatrix.Macro);
        AppendAverage("weighted mean", ConfusionMatrix.Weighted);
        if (ConfusionMatrix.PerClass.Count <= MostClassesInReport)
        {
            text.Append('\n').Append(ConfusionMatrix);
        }

        return text.ToString();

        void AppendAverage(string name, AveragedMetrics metrics) => AppendLine(name, metrics.Precision, metrics.Recall, metrics.F1, RowCount);

        void AppendLine(string name, double precision, double recall, double f1, int support) =>
            text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(first)}{precision,11:F4}{recall,9:F4}{f1,9:F4}{support,10}\n");
    }
}
