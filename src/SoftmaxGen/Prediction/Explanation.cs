using System.Globalization;

namespace SoftmaxGen;

/// <summary>
/// Why a class was predicted: what its score leads that of the runner-up by. The lead is the sum of one part for each feature,
/// <c>(w_best,k - w_runnerup,k) x_k</c>, and one for the bias; a positive part speaks for the predicted class. Parts tell what moved this decision of this
/// model, not what causes what; they depend on where the zero of a feature lies, since an offset of a feature counts for the bias or for the feature.
/// </summary>
/// <typeparam name="TLabel">The type of labels.</typeparam>
/// <typeparam name="T">The type of features and weights.</typeparam>
/// <param name="Label">The label of the predicted class.</param>
/// <param name="RunnerUp">The label of the class with the second largest score; the lowest of several.</param>
/// <param name="Bias">The part of the bias, <c>w_best,0 - w_runnerup,0</c>.</param>
/// <param name="Margin">The lead: the sum of all parts, of the bias first and then of the features in order.</param>
public readonly record struct Explanation<TLabel, T>(TLabel Label, TLabel RunnerUp, T Bias, T Margin)
{
    /// <summary>
    /// Writes a sentence for people, in the invariant culture: <c>Virginica is 12.3 times as probable as Versicolor.</c>
    /// <see cref="ExplanationExtensions.Describe"/> adds what speaks for and against it.
    /// </summary>
    /// <returns>The sentence.</returns>
    public override string ToString() => ExplanationText.Lead(
        string.Create(CultureInfo.InvariantCulture, $"{Label}"),
        string.Create(CultureInfo.InvariantCulture, $"{RunnerUp}"),
        Convert.ToDouble(Margin, CultureInfo.InvariantCulture));
}
