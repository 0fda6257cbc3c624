using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Page;

/// <summary>How a model did: on held-out rows, or over the folds of a cross-validation, each of which other folds' model predicted.</summary>
/// <param name="Matrix">The confusion matrix.</param>
/// <param name="Calibration">The bins of the reliability diagram.</param>
/// <param name="LogLoss">The mean log loss.</param>
/// <param name="On">What the rows are.</param>
internal sealed record Measured(ConfusionMatrix Matrix, IReadOnlyList<CalibrationBin> Calibration, double LogLoss, string On)
{
    /// <summary>Gets the calibration error.</summary>
    public double CalibrationError => Calibration.Sum(static bin => bin.Weight * Math.Abs(bin.Accuracy - bin.Confidence)) / Matrix.TotalWeight;

    /// <summary>Reads a report.</summary>
    /// <returns>How the model did: the evaluation where there is one, else all folds together; null where there is neither.</returns>
    public static Measured? Of(ModelReport report) => report switch
    {
        { Evaluation: Evaluation evaluation } => new Measured(
            evaluation.ConfusionMatrix, evaluation.Calibration, evaluation.LogLoss, $"{Numbers.Count(evaluation.RowCount)} {report.EvaluatedOn}"),
        { CrossValidation: CrossValidationResult validation } => OfFolds([.. validation.Folds.Select(static fold => fold.Evaluation)]),
        _ => null,
    };

    private static Measured OfFolds(Evaluation[] folds)
    {
        ConfusionMatrix matrix = Sum([.. folds.Select(static fold => fold.ConfusionMatrix)]);
        CalibrationBin[] bins = [.. Enumerable.Range(0, folds[0].Calibration.Count).Select(i => Sum([.. folds.Select(fold => fold.Calibration[i])]))];
        double loss = folds.Sum(static fold => fold.LogLoss * fold.TotalWeight) / matrix.TotalWeight;
        return new Measured(matrix, bins, loss, $"{Numbers.Count(matrix.RowCount)} rows, each predicted by a model that was trained on other folds");
    }

    // A matrix is made of rows: those of a cell weigh alike here, which changes no sum.
    private static ConfusionMatrix Sum(ConfusionMatrix[] folds)
    {
        IReadOnlyList<ClassMetrics> classes = folds[0].PerClass;
        int count = folds.Sum(static fold => fold.RowCount);
        var actual = new List<int>(count);
        var predicted = new List<int>(count);
        var weights = new List<double>(count);
        foreach (ClassMetrics row in classes)
        {
            foreach (ClassMetrics column in classes)
            {
                int rows = folds.Sum(fold => fold[row.Label, column.Label]);
                double weight = folds.Sum(fold => fold.Weight(row.Label, column.Label)) / rows;
                actual.AddRange(Enumerable.Repeat(row.Label, rows));
                predicted.AddRange(Enumerable.Repeat(column.Label, rows));
                weights.AddRange(Enumerable.Repeat(weight, rows));
            }
        }

        return new ConfusionMatrix(Shape(classes), [.. actual], [.. predicted], [.. weights]);
    }

    private static ModelShape Shape(IReadOnlyList<ClassMetrics> classes) => new()
    {
        Classes = classes.Count,
        Features = 1,
        FirstLabel = classes[0].Label,
        Labels = [.. classes.Select(static one => one.Label)],
        ClassNames = [.. classes.Select(static one => one.Name)],
        FeatureNames = [],
        Fingerprint = "",
        Precision = SoftmaxPrecision.Double,
        StackBytes = 0,
        HasHessian = false,
        KernelDescription = "",
    };

    private static CalibrationBin Sum(CalibrationBin[] bins)
    {
        double weight = bins.Sum(static bin => bin.Weight);
        return new CalibrationBin
        {
            Lower = bins[0].Lower,
            Upper = bins[0].Upper,
            RowCount = bins.Sum(static bin => bin.RowCount),
            Weight = weight,
            Confidence = weight > 0 ? bins.Sum(static bin => bin.Weight * bin.Confidence) / weight : 0,
            Accuracy = weight > 0 ? bins.Sum(static bin => bin.Weight * bin.Accuracy) / weight : 0,
        };
    }
}
