using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>
/// How sure the data make the weights of a fit: standard errors, tests and intervals of the coefficients in baseline form, the weights of each class less
/// those of the first. Immutable and thread-safe.
/// </summary>
public sealed class StatisticalInference
{
    private readonly ModelShape _shape;
    private readonly double[] _covariance;

    internal StatisticalInference(ModelShape shape, double[] estimates, double[] covariance)
    {
        _shape = shape;
        _covariance = covariance;
        Coefficients = Array.AsReadOnly([.. estimates.Select((estimate, i) =>
        {
            (int j, int column) = int.DivRem(i, shape.Features + 1);
            return new Coefficient
            {
                Label = shape.Label(j + 1),
                ClassName = shape.ClassName(j + 1),
                Column = column,
                FeatureName = ColumnName(shape, column),
                Estimate = estimate,
                StandardError = Math.Sqrt(covariance[(i * estimates.Length) + i]),
            };
        })]);
    }

    /// <summary>Gets the coefficients, <c>(C-1) x (m+1)</c>: class by class from the second on, the bias first in each.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; }

    /// <summary>Gets the covariance of the <see cref="Coefficients"/> in their order, square, row-major.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>Gets where the standard errors come from.</summary>
    public required CovarianceForm Form { get; init; }

    /// <summary>Gets the number of rows, a row of weight <c>w</c> counted as <c>w</c> rows.</summary>
    public required double RowCount { get; init; }

    /// <summary>Gets the log-likelihood, <c>-n * mean loss</c>, without the penalty.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>
    /// Gets Akaike's criterion, <c>2 k - 2 log-likelihood</c> with <c>k = (C-1)(m+1)</c> (<i>A new look at the statistical model identification</i>, 1974);
    /// null for a penalised fit, which is not the maximum of the likelihood.
    /// </summary>
    public double? Aic => IsPenalized ? null : (2 * Coefficients.Count) - (2 * LogLikelihood);

    /// <summary>
    /// Gets the Bayesian criterion, <c>k log n - 2 log-likelihood</c> with <c>k = (C-1)(m+1)</c> (Schwarz, <i>Estimating the dimension of a model</i>, 1978);
    /// null for a penalised fit, which is not the maximum of the likelihood.
    /// </summary>
    public double? Bic => IsPenalized ? null : (Coefficients.Count * Math.Log(RowCount)) - (2 * LogLikelihood);

    /// <summary>Gets a value indicating whether the fit had a penalty.</summary>
    public required bool IsPenalized { get; init; }

    /// <summary>
    /// Gets a value indicating whether the fit is bias-reduced (<see cref="TrainingOptions.BiasReduction"/>). The covariance is then the inverse of
    /// the information at the bias-reduced coefficients, to first order that of their estimates; intervals are Wald's, which are short where the
    /// penalised likelihood is skew.
    /// </summary>
    public bool IsBiasReduced { get; init; }

    /// <summary>Gets a coefficient.</summary>
    /// <param name="label">The label of its class; not that of the first, which the others are compared with.</param>
    /// <param name="column">The column of the weights: 0 for the bias, <c>k</c> for the <c>k</c>-th feature.</param>
    /// <returns>The coefficient.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coefficient.</exception>
    public Coefficient this[int label, int column]
    {
        get
        {
            int classIndex = _shape.IndexOf(label);
            if (classIndex < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(label), label, $"No coefficient has this label; {_shape.LabelsText}, and the others are compared with the first.");
            }

            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(column, _shape.Features);
            return Coefficients[((classIndex - 1) * (_shape.Features + 1)) + column];
        }
    }

    /// <summary>Writes a table of the coefficients with their 95 % intervals, in the invariant culture.</summary>
    /// <returns>The table, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{RowCount} rows, log-likelihood {LogLikelihood:G7}");
        text.Append(
            IsBiasReduced ? ", bias-reduced" : IsPenalized ? ", penalised" : string.Create(CultureInfo.InvariantCulture, $", AIC {Aic:G7}, BIC {Bic:G7}"));
        text.Append(CultureInfo.InvariantCulture, $"; covariance: {Form}; classes against {_shape.ClassName(0)}\n\n");

        int classWidth = Coefficients.Max(coefficient => coefficient.ClassName.Length);
        int featureWidth = Coefficients.Max(coefficient => coefficient.FeatureName.Length);
        string heading = new(' ', classWidth + 2 + featureWidth);
        text.Append(CultureInfo.InvariantCulture, $"{heading}{"estimate",13}{"std. error",13}{"z",10}{"p",12}  95 % interval\n");
        foreach (Coefficient coefficient in Coefficients)
        {
            text.Append(coefficient.ClassName.PadRight(classWidth)).Append("  ").Append(coefficient.FeatureName.PadRight(featureWidth));
            text.Append(CultureInfo.InvariantCulture, $"{coefficient.Estimate,13:G5}{coefficient.StandardError,13:G5}{coefficient.Z,10:G4}");
            text.Append(CultureInfo.InvariantCulture, $"{coefficient.PValue,12:G3}  {coefficient.Interval()}\n");
        }

        return text.ToString();
    }

    /// <summary>Names a column of the weights.</summary>
    internal static string ColumnName(ModelShape shape, int column) => column == 0 ? "(bias)" : shape.FeatureName(column - 1);
}
