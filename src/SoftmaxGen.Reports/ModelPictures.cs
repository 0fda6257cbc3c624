using System.Numerics;
using SoftmaxGen.Reports.Figures;

namespace SoftmaxGen.Reports;

/// <summary>Pictures of models, as the text of SVG files: weights, intervals, importances and the effects of encoded members. Thread-safe.</summary>
public static class ModelPictures
{
    /// <summary>
    /// Draws the weights: of two classes as bars, of more as a grid of features and classes. They are scaled to deviations where the model knows them.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static string ToSvgWeights<TModel, T>(this ISoftmaxModel<TModel, T> model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ModelWeights.Of(model).ToSvg();

    /// <summary>
    /// Draws the weights: of two classes as bars, of more as a grid of features and classes. They are scaled to deviations where the model knows them.
    /// </summary>
    /// <param name="model">The weights.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static string ToSvg(this ModelWeights model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return WeightsFigure.Create(model).ToSvg();
    }

    /// <summary>
    /// Draws what each value of a member with categories, flags, intervals (<see cref="BucketsAttribute"/>) or knots (<see cref="KnotsAttribute"/>) adds to the
    /// classes.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="member">The name of the member as a feature: one of <see cref="ModelShape.FeatureGroups"/>.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">No member with such an encoding has the name; the message lists those that have one.</exception>
    public static string ToSvgEffect<TModel, T>(this ISoftmaxModel<TModel, T> model, string member)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ModelWeights.Of(model).ToSvgEffect(member);

    /// <summary>
    /// Draws what each value of a member with categories, flags, intervals (<see cref="BucketsAttribute"/>) or knots (<see cref="KnotsAttribute"/>) adds to the
    /// classes.
    /// </summary>
    /// <param name="model">The weights.</param>
    /// <param name="member">The name of the member as a feature: one of <see cref="ModelShape.FeatureGroups"/>.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">No member with such an encoding has the name; the message lists those that have one.</exception>
    public static string ToSvgEffect(this ModelWeights model, string member)
    {
        ArgumentNullException.ThrowIfNull(model);
        EncodedMember[] members = [.. EncodedMember.All(model.Shape)];
        return Array.Find(members, one => one.Group.Name == member) is EncodedMember found
            ? EffectFigure.Create(model, found).ToSvg()
            : throw new ArgumentException(
                $"'{member}' is no member with categories, flags, buckets or knots; those are: "
                    + $"{string.Join(", ", members.Select(static one => one.Group.Name))}.",
                nameof(member));
    }

    /// <summary>Draws the coefficients with their 95 % intervals.</summary>
    /// <param name="inference">The inference.</param>
    /// <param name="moments">
    /// The moments of the features, for coefficients in deviations, which compare features of different units; null, the default, for coefficients as they are.
    /// </param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inference"/> is null.</exception>
    /// <exception cref="ArgumentException">The moments are those of another number of features.</exception>
    public static string ToSvg(this StatisticalInference inference, FeatureMoments? moments = null)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return CoefficientFigure.Create(inference, moments).ToSvg();
    }

    /// <summary>Draws by how much the log loss rises when the values of each feature or member are shuffled, with a deviation.</summary>
    /// <param name="importances">The importances, in any order.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="importances"/> is null.</exception>
    public static string ToSvg(this IReadOnlyList<PermutationImportance> importances)
    {
        ArgumentNullException.ThrowIfNull(importances);
        return ImportanceFigure.Create(importances).ToSvg();
    }
}
