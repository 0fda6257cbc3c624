using System.Globalization;
using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>Puts explanations into words. Thread-safe.</summary>
public static class ExplanationExtensions
{
    /// <summary>
    /// Describes a prediction for people who are not engineers: how much more probable the class is than the next, and what speaks for it and against it
    /// most, by the names of features, or of members where rows are of a program's own type. The numbers are logarithms of factors: +0.69 doubles the ratio
    /// of the two probabilities. The invariant culture writes them.
    /// </summary>
    /// <typeparam name="TLabel">The type of labels.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="explanation">The explanation.</param>
    /// <param name="shape">The shape of the model, which has the names.</param>
    /// <param name="contributions">The <c>m</c> contributions that came with the explanation.</param>
    /// <returns>Up to three sentences.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, or a label is no class of the shape.</exception>
    /// <example>
    /// <code>
    /// double[] contributions = new double[IrisModel.Features];
    /// Console.WriteLine(model.Explain(row, contributions).Describe(IrisModel.Shape, contributions));
    /// </code>
    /// </example>
    public static string Describe<TLabel, T>(this Explanation<TLabel, T> explanation, ModelShape shape, ReadOnlySpan<T> contributions)
        where TLabel : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        Guard.Length(contributions.Length, shape.Features, nameof(contributions));
        string label = NameOf(explanation.Label, shape);
        return ExplanationText.Lead(label, NameOf(explanation.RunnerUp, shape), double.CreateTruncating(explanation.Margin))
            + ExplanationText.Reasons(label, [("the bias", double.CreateTruncating(explanation.Bias)), .. Parts(shape, contributions)]);
    }

    private static (string Name, double Value)[] Parts<T>(ModelShape shape, ReadOnlySpan<T> contributions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool hasMembers = shape.FeatureGroups.Count > 0;
        T[] values = hasMembers ? new T[shape.FeatureGroups.Count] : contributions.ToArray();
        if (hasMembers)
        {
            shape.SumByGroup(contributions, values);
        }

        return [.. values.Select((value, k) => (hasMembers ? shape.FeatureGroups[k].Name : shape.FeatureName(k), double.CreateTruncating(value)))];
    }

    private static string NameOf<TLabel>(TLabel label, ModelShape shape)
        where TLabel : unmanaged
    {
        int index = shape.IndexOf(Convert.ToInt32(label, CultureInfo.InvariantCulture));
        return index >= 0 ? shape.ClassName(index) : throw new ArgumentException($"The label is {label}, which is no class of the shape.", nameof(shape));
    }
}
