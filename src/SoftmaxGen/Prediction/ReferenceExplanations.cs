using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// Explains scores against a reference row: what each feature contributes to the difference between a row and the reference. For a linear score these are the
/// Shapley values of independent features whose means are the reference (Lundberg and Lee, <i>A unified approach to interpreting model predictions</i>, 2017).
/// Thread-safe; nothing is allocated.
/// </summary>
/// <remarks>
/// More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/prediction.md#explanations-against-a-reference">explanations</see>.
/// </remarks>
/// <example>
/// <code>
/// double[] contributions = new double[IrisModel.Features];
/// ReferenceExplanation why = model.ExplainMargin(row, 2, 1, contributions);   // why class 2 and not class 1, against the mean of the training rows
/// </code>
/// </example>
public static class ReferenceExplanations
{
    /// <summary>Explains the score of a class against the mean of the training rows.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="contributions">Receives <c>w_k (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double.</param>
    /// <returns>The score of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the score overflows.</exception>
    public static ReferenceExplanation ExplainScore<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, int label, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ExplainScore(model, features, FeatureMoments.Require(model).Means, label, contributions);

    /// <summary>Explains the score of a class of an enum against the mean of the training rows.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="contributions">Receives <c>w_k (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double.</param>
    /// <returns>The score of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the score overflows.</exception>
    public static ReferenceExplanation ExplainScore<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, TLabel label, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum =>
        ExplainScore(model, features, FeatureMoments.Require(model).Means, label, contributions);

    /// <summary>Explains how far the score of a class is above that of another, against the mean of the training rows.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="other">The label of the other class.</param>
    /// <param name="contributions">
    /// Receives <c>(w_label,k - w_other,k) (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double; positive for the first class.
    /// </param>
    /// <returns>The margin of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> or <paramref name="other"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the margin overflows.</exception>
    public static ReferenceExplanation ExplainMargin<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, int label, int other, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ExplainMargin(model, features, FeatureMoments.Require(model).Means, label, other, contributions);

    /// <summary>Explains how far the score of a class of an enum is above that of another, against the mean of the training rows.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="other">The label of the other class.</param>
    /// <param name="contributions">
    /// Receives <c>(w_label,k - w_other,k) (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double; positive for the first class.
    /// </param>
    /// <returns>The margin of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> or <paramref name="other"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the margin overflows.</exception>
    public static ReferenceExplanation ExplainMargin<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, TLabel label, TLabel other, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum =>
        ExplainMargin(model, features, FeatureMoments.Require(model).Means, label, other, contributions);

    /// <summary>Explains the score of a class for a row of a program's own type, against the mean of the training rows.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: its members are the features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="contributions">Receives <c>w_k (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double.</param>
    /// <returns>The score of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or the row is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no class.</exception>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the score overflows.</exception>
    public static ReferenceExplanation ExplainScore<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, in TRow features, TLabel label, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        return ExplainScore<TModel, T, TLabel>(model, room.Read(in features, nameof(features)), label, contributions);
    }

    /// <summary>
    /// Explains how far the score of a class is above that of another for a row of a program's own type, against the mean of the training rows.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <param name="features">The row: its members are the features.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="other">The label of the other class.</param>
    /// <param name="contributions">
    /// Receives <c>(w_label,k - w_other,k) (x_k - mean_k)</c> for each of the <c>m</c> features, computed in double; positive for the first class.
    /// </param>
    /// <returns>The margin of the mean and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or the row is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> or <paramref name="other"/> is no class.</exception>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the margin overflows.</exception>
    public static ReferenceExplanation ExplainMargin<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, in TRow features, TLabel label, TLabel other, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        using var room = new RowFeatures<TModel, T, TLabel, TRow>();
        return ExplainMargin<TModel, T, TLabel>(model, room.Read(in features, nameof(features)), label, other, contributions);
    }

    /// <summary>Explains the score of a class.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="reference">The reference: <c>m</c> features, as a rule a mean of rows such as <see cref="FeatureMoments.Means"/>.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="contributions">Receives <c>w_k (x_k - reference_k)</c> for each of the <c>m</c> features, computed in double.</param>
    /// <returns>The score of the reference and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the score overflows.</exception>
    public static ReferenceExplanation ExplainScore<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, ReadOnlySpan<double> reference, int label, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        int index = ClassIndex(TModel.Shape.IndexOf(label), label, nameof(label));
        return Explain<TModel, T>(WeightsOf(model, index), default, features, reference, contributions);
    }

    /// <summary>Explains the score of a class of an enum.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="reference">The reference: <c>m</c> features, as a rule a mean of rows such as <see cref="FeatureMoments.Means"/>.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="contributions">Receives <c>w_k (x_k - reference_k)</c> for each of the <c>m</c> features, computed in double.</param>
    /// <returns>The score of the reference and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the score overflows.</exception>
    public static ReferenceExplanation ExplainScore<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, ReadOnlySpan<double> reference, TLabel label, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        int index = ClassIndex(LabelNumber.IndexOf(label, TModel.Shape), label, nameof(label));
        return Explain<TModel, T>(WeightsOf(model, index), default, features, reference, contributions);
    }

    /// <summary>Explains how far the score of a class is above that of another: the logarithm of the ratio of their probabilities.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="reference">The reference: <c>m</c> features, as a rule a mean of rows such as <see cref="FeatureMoments.Means"/>.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="other">The label of the other class.</param>
    /// <param name="contributions">
    /// Receives <c>(w_label,k - w_other,k) (x_k - reference_k)</c> for each of the <c>m</c> features, computed in double; positive for the first class.
    /// </param>
    /// <returns>The margin of the reference and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> or <paramref name="other"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the margin overflows.</exception>
    public static ReferenceExplanation ExplainMargin<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, ReadOnlySpan<double> reference, int label, int other, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        int index = ClassIndex(TModel.Shape.IndexOf(label), label, nameof(label));
        int otherIndex = ClassIndex(TModel.Shape.IndexOf(other), other, nameof(other));
        return Explain<TModel, T>(WeightsOf(model, index), WeightsOf(model, otherIndex), features, reference, contributions);
    }

    /// <summary>Explains how far the score of a class of an enum is above that of another: the logarithm of the ratio of their probabilities.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="reference">The reference: <c>m</c> features, as a rule a mean of rows such as <see cref="FeatureMoments.Means"/>.</param>
    /// <param name="label">The label of the class.</param>
    /// <param name="other">The label of the other class.</param>
    /// <param name="contributions">
    /// Receives <c>(w_label,k - w_other,k) (x_k - reference_k)</c> for each of the <c>m</c> features, computed in double; positive for the first class.
    /// </param>
    /// <returns>The margin of the reference and that of the row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> or <paramref name="other"/> is no class.</exception>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or the margin overflows.</exception>
    public static ReferenceExplanation ExplainMargin<TModel, T, TLabel>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features, ReadOnlySpan<double> reference, TLabel label, TLabel other, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        int index = ClassIndex(LabelNumber.IndexOf(label, TModel.Shape), label, nameof(label));
        int otherIndex = ClassIndex(LabelNumber.IndexOf(other, TModel.Shape), other, nameof(other));
        return Explain<TModel, T>(WeightsOf(model, index), WeightsOf(model, otherIndex), features, reference, contributions);
    }

    private static int ClassIndex<TLabel>(int index, TLabel label, string parameterName) => index >= 0
        ? index
        : throw Refusal.OutOfRange(parameterName, label, $"The label is {label}, which is no class of the model.");

    private static ReadOnlySpan<T> WeightsOf<TModel, T>(ISoftmaxModel<TModel, T> model, int index)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = TModel.Shape.Features + 1;
        return model.Weights.Slice(index * columns, columns);
    }

    // The weights of the other class are empty for the score of the one.
    private static ReferenceExplanation Explain<TModel, T>(
        ReadOnlySpan<T> weights, ReadOnlySpan<T> others, ReadOnlySpan<T> features, ReadOnlySpan<double> reference, Span<double> contributions)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        Guard.Length(features.Length, shape.Features, nameof(features));
        Guard.FiniteRows(features, shape, nameof(features));
        Guard.Length(reference.Length, shape.Features, nameof(reference));
        Guard.FiniteRows(reference, shape, nameof(reference));
        Guard.Length(contributions.Length, shape.Features, nameof(contributions));

        double atReference = Difference(weights, others, 0);
        for (int k = 0; k < reference.Length; k++)
        {
            atReference += Difference(weights, others, k + 1) * reference[k];
        }

        double value = atReference;
        for (int k = 0; k < reference.Length; k++)
        {
            contributions[k] = Difference(weights, others, k + 1) * (double.CreateTruncating(features[k]) - reference[k]);
            value += contributions[k];
        }

        return double.IsFinite(value)
            ? new ReferenceExplanation(atReference, value)
            : throw new ArgumentException("The score overflows; features and weights are too large.", nameof(features));
    }

    private static double Difference<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> others, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(weights[column]) - (others.IsEmpty ? 0 : double.CreateTruncating(others[column]));
}
