using System.Globalization;
using System.Numerics;
using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Figures;

namespace SoftmaxGen.Reports;

/// <summary>Pictures of explanations, as the text of SVG files. Thread-safe.</summary>
public static class ExplanationPictures
{
    /// <summary>Draws what each feature contributes to the lead of the predicted class; of a row type, what each member does.</summary>
    /// <typeparam name="TLabel">The type of labels.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="explanation">The explanation.</param>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="contributions">The <c>m</c> contributions that came with the explanation.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, or a label is that of no class.</exception>
    public static string ToSvg<TLabel, T>(this Explanation<TLabel, T> explanation, ModelShape shape, ReadOnlySpan<T> contributions)
        where TLabel : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        string label = NameOf(explanation.Label, shape);
        string other = NameOf(explanation.RunnerUp, shape);
        (IReadOnlyList<string> names, double[] values) = ByMember(shape, contributions);
        Figure figure = ContributionFigure.Create(
            $"Why {label}, not {other}",
            $"What speaks for {label} points to the right, what speaks for {other} to the left. All together it is the logarithm of how many times as probable "
                + $"{label} is.",
            ("(bias)", double.CreateTruncating(explanation.Bias)),
            names,
            values,
            ($"lead of {label}", double.CreateTruncating(explanation.Margin)));
        return figure.ToSvg();
    }

    /// <summary>
    /// Draws what each feature contributes to the difference between a row and the reference; of a row type, what each member does.
    /// </summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="contributions">The <c>m</c> contributions that came with the explanation.</param>
    /// <param name="title">What is explained: the class, or the two classes.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> or <paramref name="title"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not <c>m</c>.</exception>
    public static string ToSvg(this ReferenceExplanation explanation, ModelShape shape, ReadOnlySpan<double> contributions, string title = "Contributions")
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(title);
        (IReadOnlyList<string> names, double[] values) = ByMember(shape, contributions);
        Figure figure = ContributionFigure.Create(
            title,
            "The first bar is the reference, as a rule the mean of the training rows; each other one is what a feature that differs from it adds or "
                + "takes away.",
            ("(reference)", explanation.AtReference),
            names,
            values,
            ("this row", explanation.Value));
        return figure.ToSvg();
    }

    private static (IReadOnlyList<string> Names, double[] Values) ByMember<T>(ModelShape shape, ReadOnlySpan<T> contributions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] columns = Array.ConvertAll(contributions.ToArray(), double.CreateTruncating);
        if (columns.Length != shape.Features)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are {columns.Length} contributions; the model has {shape.Features} features."),
                nameof(contributions));
        }

        if (shape.FeatureGroups.Count == 0)
        {
            return ([.. Enumerable.Range(0, shape.Features).Select(shape.FeatureName)], columns);
        }

        double[] members = new double[shape.FeatureGroups.Count];
        shape.SumByGroup<double>(columns, members);
        return ([.. shape.FeatureGroups.Select(static group => group.Name)], members);
    }

    private static string NameOf<TLabel>(TLabel label, ModelShape shape)
        where TLabel : unmanaged
    {
        int index = shape.IndexOf(Convert.ToInt32(label, CultureInfo.InvariantCulture));
        return index >= 0 ? shape.ClassName(index) : throw new ArgumentException($"The label {label} is no class of the model.", nameof(label));
    }
}
