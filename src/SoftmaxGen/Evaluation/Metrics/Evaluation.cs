using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>How a model did on rows whose labels are known. Immutable and thread-safe.</summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/evaluation.md">how to judge a model</see>.</remarks>
/// <example>
/// <code>
/// Evaluation evaluation = model.Evaluate(heldOutRows, heldOutLabels);
/// double accuracy = evaluation.Accuracy;
/// double recall = evaluation.ConfusionMatrix.ForClass(2).Recall;
/// </code>
/// </example>
public sealed class Evaluation
{
    /// <summary>A wider matrix is not read, and is left out of the report.</summary>
    private const int MostClassesInReport = 20;

    // rankWeights[r]: the weight of the rows whose own class had r classes before it.
    private readonly double[] _rankWeights;

    internal Evaluation(EvaluationSums sums)
    {
        (int[] counts, double[]? weights) = sums.Confusion();
        ConfusionMatrix = new ConfusionMatrix(counts, weights, sums.Shape);
        LogLoss = sums.Loss / TotalWeight;
        Brier = sums.SquaredErrors / TotalWeight;
        ConfidenceSums[] ranked = sums.Ranked();
        _rankWeights = new double[sums.Shape.Classes];
        var bins = new ConfidenceSums[EvaluationSums.CalibrationBins];
        for (int i = 0; i < ranked.Length; i++)
        {
            ref ConfidenceSums bin = ref bins[i % bins.Length];
            bin.Rows += ranked[i].Rows;
            bin.Weight += ranked[i].Weight;
            bin.Confidence += ranked[i].Confidence;
            _rankWeights[i / bins.Length] += ranked[i].Weight;
        }

        // Rows whose class comes first were predicted rightly.
        Calibration = Array.AsReadOnly([.. bins.Select((bin, index) => Bin(index, bin, ranked[index].Weight))]);
        CalibrationError = Calibration.Sum(bin => bin.Weight * Math.Abs(bin.Accuracy - bin.Confidence)) / TotalWeight;
    }

    /// <summary>Gets the number of rows; those of weight 0 do not count.</summary>
    public int RowCount => ConfusionMatrix.RowCount;

    /// <summary>Gets the sum of the rows' weights, over which all means are taken: their number where rows have no weights.</summary>
    public double TotalWeight => ConfusionMatrix.TotalWeight;

    /// <summary>
    /// Gets the mean of <c>-log P(y|x)</c>, computed as <c>logsumexp(S) - S_y</c>: finite where the probability itself would be 0, and exact to about
    /// 1e-16 where it would be 1.
    /// </summary>
    public double LogLoss { get; }

    /// <summary>Gets the share of the rows predicted rightly. Ties go to the class that comes first.</summary>
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

    /// <summary>
    /// Gets the share of the rows whose class is among those with the <paramref name="k"/> largest scores. Ties go to the class that comes first.
    /// </summary>
    /// <param name="k">The number of classes to consider: 1 gives the <see cref="Accuracy"/>, and C gives 1.</param>
    /// <returns>The share.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1 or more than the number of classes.</exception>
    public double TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, _rankWeights.Length);
        return _rankWeights.Take(k).Sum() / TotalWeight;
    }

    private static CalibrationBin Bin(int index, ConfidenceSums sums, double correct) => new()
    {
        Lower = (double)index / EvaluationSums.CalibrationBins,
        Upper = (index + 1.0) / EvaluationSums.CalibrationBins,
        RowCount = sums.Rows,
        Weight = sums.Weight,
        Confidence = sums.Rows == 0 ? 0 : sums.Confidence / sums.Weight,
        Accuracy = sums.Rows == 0 ? 0 : correct / sums.Weight,
    };

    /// <summary>Writes a report for people to read, in the invariant culture; beyond 20 classes without the confusion matrix.</summary>
    /// <returns>The report, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        string ofWeight = ConfusionMatrix.IsWeighted ? string.Create(CultureInfo.InvariantCulture, $" of weight {TotalWeight:G6}") : "";
        text.Append(
            CultureInfo.InvariantCulture,
            $"{RowCount} rows{ofWeight}: log loss {LogLoss:G5}, accuracy {Accuracy:F4}, Brier {Brier:G5}, calibration error {CalibrationError:F4}\n\n");

        int first = Math.Max("weighted mean".Length, ConfusionMatrix.PerClass.Max(metrics => metrics.Name.Length));
        text.Append(CultureInfo.InvariantCulture, $"{"".PadRight(first)}{"precision",11}{"recall",9}{"F1",9}{"support",10}\n");
        foreach (ClassMetrics metrics in ConfusionMatrix.PerClass)
        {
            AppendLine(metrics.Name, metrics.Precision, metrics.Recall, metrics.F1, metrics.Weight);
        }

        AppendAverage("macro mean", ConfusionMatrix.Macro);
        AppendAverage("weighted mean", ConfusionMatrix.Weighted);
        if (ConfusionMatrix.PerClass.Count <= MostClassesInReport)
        {
            text.Append('\n').Append(ConfusionMatrix);
        }

        return text.ToString();

        string Support(double support) => support.ToString(ConfusionMatrix.IsWeighted ? "G6" : "F0", CultureInfo.InvariantCulture);

        void AppendAverage(string name, AveragedMetrics metrics) => AppendLine(name, metrics.Precision, metrics.Recall, metrics.F1, TotalWeight);

        void AppendLine(string name, double precision, double recall, double f1, double support) =>
            text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(first)}{precision,11:F4}{recall,9:F4}{f1,9:F4}{Support(support),10}\n");
    }
}
