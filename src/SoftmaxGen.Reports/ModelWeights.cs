using System.Globalization;
using System.Numerics;

namespace SoftmaxGen.Reports;

/// <summary>What a linear model is made of, whatever its class: its shape, its weights, and where the features of its training rows lie. Immutable.</summary>
/// <example>
/// <code>
/// string svg = ModelWeights.Of(model).ToSvg();
/// </code>
/// </example>
public sealed record ModelWeights
{
    /// <summary>Initializes a new instance of the <see cref="ModelWeights"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row; copied.</param>
    /// <param name="featureMoments">The moments of the features in the training rows; null where they are not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The numbers of weights or of moments are not those of the shape, or a weight is not finite.</exception>
    public ModelWeights(ModelShape shape, ReadOnlySpan<double> weights, FeatureMoments? featureMoments = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (weights.Length != shape.ParameterCount)
        {
            throw new ArgumentException($"There are {weights.Length} weights; the model has {shape.ParameterCount}.", nameof(weights));
        }

        if (featureMoments is not null && featureMoments.Means.Length != shape.Features)
        {
            throw new ArgumentException(
                $"There are moments of {featureMoments.Means.Length} features; the model has {shape.Features}.", nameof(featureMoments));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Weight {i} is {weights[i]}; it must be finite."), nameof(weights));
            }
        }

        Shape = shape;
        Weights = Array.AsReadOnly(weights.ToArray());
        FeatureMoments = featureMoments;
    }

    /// <summary>Gets the shape of the model: its classes and features, and their names.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Gets the moments of the features in the training rows; null where they are not known.</summary>
    public FeatureMoments? FeatureMoments { get; }

    /// <summary>Reads a model.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <returns>What it is made of.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static ModelWeights Of<TModel, T>(ISoftmaxModel<TModel, T> model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelWeights(TModel.Shape, Array.ConvertAll(model.Weights.ToArray(), double.CreateTruncating), model.FeatureMoments);
    }

    /// <summary>
    /// Gets what a feature adds to each class, in units of the feature: of two classes what it adds to the log odds of the second, of more what it adds to the
    /// score of each less the mean over the classes, which changes no probability.
    /// </summary>
    /// <param name="feature">The index of the feature.</param>
    /// <returns>One number for two classes, else one for each class.</returns>
    internal double[] Effects(int feature)
    {
        double[] column = [.. Enumerable.Range(0, Shape.Classes).Select(j => Weights[(j * (Shape.Features + 1)) + feature + 1])];
        double mean = column.Average();
        return column is [double first, double second] ? [second - first] : Array.ConvertAll(column, weight => weight - mean);
    }

    /// <summary>Gets the names of what <see cref="Effects"/> has numbers for.</summary>
    internal IReadOnlyList<string> EffectNames =>
        Shape.Classes == 2 ? [Shape.ClassName(1)] : [.. Enumerable.Range(0, Shape.Classes).Select(Shape.ClassName)];
}
