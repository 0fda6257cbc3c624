using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// What an instance of any model offers, for code that does not name its class: services that are given a model, and models that are compiled at run time.
/// Every generated model is one. Instances are immutable and thread-safe; none of the prediction members allocates, but that the first prediction of an
/// instance makes a second copy of its weights.
/// </summary>
/// <typeparam name="T">The type of features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/prediction.md">prediction</see>.</remarks>
/// <example>
/// <code>
/// services.AddSingleton&lt;ISoftmaxPredictor&lt;double&gt;&gt;(_ => IrisModel.Load("iris.softmax.json"));
/// </code>
/// </example>
public interface ISoftmaxPredictor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the model's constants: its numbers, the names of its classes and features, its labels.</summary>
    ModelShape Shape { get; }

    /// <summary>Gets the weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</summary>
    ReadOnlySpan<T> Weights { get; }

    /// <summary>
    /// Gets where the features of the training rows lie and how far they spread: what explanations refer to. Training gives them to the model, and its file
    /// keeps them. Null where they are not known: for a model made from weights alone, or by code that an older release generated.
    /// </summary>
    FeatureMoments? FeatureMoments => null;

    /// <summary>
    /// Finds the most probable class of one row. Ties go to the class that comes first: that of the lowest label, unless <see cref="ModelShape.Labels"/> lists
    /// labels in another order.
    /// </summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <returns>The label of the class with the largest score.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or a score overflows.</exception>
    /// <example>
    /// <code>
    /// int label = model.Predict([5.1, 3.5, 1.4, 0.2]);
    /// </code>
    /// </example>
    int Predict(ReadOnlySpan<T> features);

    /// <summary>Computes the scores <c>S = W x</c> of one row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="scores">Receives the <c>C</c> scores, in the order of the classes: see <see cref="ModelShape.ClassName"/>.</param>
    /// <exception cref="ArgumentException">
    /// A length is not <c>m</c> or <c>C</c>, the memory of the two overlaps, a feature is not finite, or a score overflows.
    /// </exception>
    void PredictScores(ReadOnlySpan<T> features, Span<T> scores);

    /// <summary>Computes the probabilities <c>P(Y=k|x) = exp(S_k) / sum_j exp(S_j)</c> of one row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="probabilities">Receives the <c>C</c> probabilities, in the order of the classes: see <see cref="ModelShape.ClassName"/>.</param>
    /// <exception cref="ArgumentException">
    /// A length is not <c>m</c> or <c>C</c>, the memory of the two overlaps, a feature is not finite, or a score overflows.
    /// </exception>
    /// <example>
    /// <code>
    /// double[] probabilities = new double[IrisModel.Classes];
    /// model.PredictProbabilities([5.1, 3.5, 1.4, 0.2], probabilities);
    /// double ofLabelTwo = probabilities[IrisModel.Shape.IndexOf(2)];
    /// </code>
    /// </example>
    void PredictProbabilities(ReadOnlySpan<T> features, Span<T> probabilities);

    /// <summary>Finds the most probable class of each row.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">Receives the <c>n</c> labels.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a feature is not finite, or a score overflows.</exception>
    void PredictBatch(ReadOnlySpan<T> rows, Span<int> labels);

    /// <summary>Computes the probabilities of each row.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="probabilities">Receives the probabilities, <c>n x C</c>, row-major, each row in the order of the classes.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, the memory of the two overlaps, a feature is not finite, or a score overflows.
    /// </exception>
    void PredictProbabilitiesBatch(ReadOnlySpan<T> rows, Span<T> probabilities);
}
