using System.ComponentModel;
using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// What every generated model offers, for code that is generic over models: to predict, by <see cref="ISoftmaxPredictor{T}"/>, and to be made and trained.
/// Instances are immutable and thread-safe.
/// </summary>
/// <typeparam name="TSelf">The model class itself.</typeparam>
/// <typeparam name="T">The type of features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
public interface ISoftmaxModel<TSelf, T> : ISoftmaxPredictor<T>
    where TSelf : class, ISoftmaxModel<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the model's constants.</summary>
    static new abstract ModelShape Shape { get; }

    ModelShape ISoftmaxPredictor<T>.Shape => TSelf.Shape;

    /// <summary>Makes a model from its weights.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row; copied.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The length is not <c>C * (m + 1)</c>, or a weight is not finite.</exception>
    static abstract TSelf FromWeights(ReadOnlySpan<T> weights);

    /// <summary>Makes a model from its weights and the moments of its training rows.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row; copied.</param>
    /// <param name="featureMoments">The moments of the <c>m</c> features; null where they are not known.</param>
    /// <returns>The model. Code that an older release generated leaves the moments out.</returns>
    /// <exception cref="ArgumentException">
    /// The length is not <c>C * (m + 1)</c>, a weight is not finite, or the moments are those of another number of features.
    /// </exception>
    static virtual TSelf FromWeights(ReadOnlySpan<T> weights, FeatureMoments? featureMoments) => TSelf.FromWeights(weights);

    /// <summary>Computes the mean loss <c>(1/n) sum_i -log P(y_i|x_i)</c> and its gradient, without a penalty, on the calling thread.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, the gradient overlaps what is read, a label is out of range, or a number is not finite.
    /// </exception>
    static abstract double LossAndGradient(ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient);

    /// <summary>Validates rows and labels and packs them for training.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; copied.</param>
    /// <param name="labels">The <c>n</c> labels; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    static abstract TrainingSet<TSelf, T> CreateTrainingSet(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default);

    /// <summary>Trains a model.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellationToken">Stops the training early; the best model so far is returned with <see cref="StopReason.Canceled"/>.</param>
    /// <returns>The model and how the training ended.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a class has no row, or a number is not finite.
    /// </exception>
    /// <example>
    /// <code>
    /// TrainingResult&lt;IrisModel&gt; fit = IrisModel.Train(rows, labels);
    /// int label = fit.Model.Predict([5.1, 3.5, 1.4, 0.2]);
    /// </code>
    /// </example>
    static abstract TrainingResult<TSelf> Train(
        ReadOnlySpan<T> rows,
        ReadOnlySpan<int> labels,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the C# text of what encodes rows of the model's own type: a structure and a method. Null where features are all there is.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual string? EncoderSource => null;

    /// <summary>Adds the loss and the gradient of packed rows to running sums. For <see cref="TrainingSet{TModel, T}"/> alone.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="gradientSum">The sum to add to, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The sum of the rows' weighted losses.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract double AccumulateLossAndGradient(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> gradientSum);

    /// <summary>Adds the product of the packed rows' Hessian with a direction to a running sum. For <see cref="TrainingSet{TModel, T}"/> alone.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="direction">The direction, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="productSum">The sum to add to, <c>C x (m+1)</c>, row-major.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void AccumulateHessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, PackedRows<T> rows, Span<double> productSum);

    /// <summary>
    /// Adds the distinct elements of the packed rows' Hessian to a running sum: over pairs of classes <c>j &gt;= l &gt;= 1</c> and pairs of columns
    /// <c>a &gt;= b</c>, both triangles row by row. For <see cref="TrainingSet{TModel, T}"/> alone.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="hessianSum">The sum to add to, <c>C (C - 1) / 2</c> times <c>(m + 1) (m + 2) / 2</c> numbers.</param>
    /// <exception cref="NotSupportedException">The exact Hessian is not generated: <see cref="ModelShape.HasHessian"/> is false.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void AccumulateHessian(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> hessianSum);
}
