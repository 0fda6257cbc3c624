using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace SoftmaxGen.ML;

/// <summary>Makes models of those that ML.NET has trained. Thread-safe.</summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/coming-from-mlnet.md">models of ML.NET</see>.</remarks>
public static class MaximumEntropyImport
{
    /// <summary>
    /// Makes a model of one that <c>LbfgsMaximumEntropy</c> or <c>SdcaMaximumEntropy</c> has trained, with the same probabilities. Classes are found by name
    /// or label where the keys of the labels have values, and by place otherwise. Features are found by name where the slots of their column have exactly
    /// the names of the model's features, and by place otherwise. The model takes what the trainer took: what came before it in the pipeline, normalisation
    /// for example, comes before the model, too.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="transformer">What <c>Fit</c> of the trainer returned, or the last step of a pipeline.</param>
    /// <param name="inputSchema">The schema of the data that it was trained on, as the trainer saw it.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The numbers of classes or features differ, a class has another name, or a weight is not finite.</exception>
    /// <example>
    /// <code>
    /// var trained = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);
    /// IrisModel model = trained.ToSoftmaxModel&lt;IrisModel, double>(data.Schema);
    /// </code>
    /// </example>
    public static TModel ToSoftmaxModel<TModel, T>(this MulticlassPredictionTransformer<MaximumEntropyModelParameters> transformer, DataViewSchema inputSchema)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ModelShape shape = TModel.Shape;
        VBuffer<float>[] rows = [];
        transformer.Model.GetWeights(ref rows, out int classes);
        float[] biases = [.. transformer.Model.GetBiases()];
        int width = rows.Length == 0 ? 0 : rows[0].Length;
        if (classes != shape.Classes || width != shape.Features)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The trained model has {classes} classes x {width} features; the model has {shape.Classes} classes x {shape.Features} features."),
                nameof(transformer));
        }

        DataViewSchema.Column predicted = transformer.GetOutputSchema(inputSchema)["PredictedLabel"];
        int[] classPlaces = ClassKeys.Places(shape, ClassKeys.Read(predicted), classes, "PredictedLabel");
        int[] featurePlaces = FeaturePlaces(shape, inputSchema[transformer.FeatureColumnName]);
        var weights = new T[shape.ParameterCount];
        for (int j = 0; j < classes; j++)
        {
            Span<T> row = weights.AsSpan(classPlaces[j] * (width + 1), width + 1);
            row[0] = T.CreateTruncating(biases[j]);
            foreach (KeyValuePair<int, float> one in rows[j].Items(all: false))
            {
                row[featurePlaces[one.Key] + 1] = T.CreateTruncating(one.Value);
            }
        }

        return TModel.FromWeights(weights);
    }

    private static int[] FeaturePlaces(ModelShape shape, DataViewSchema.Column column)
    {
        int[] inOrder = [.. Enumerable.Range(0, shape.Features)];
        if (!column.HasSlotNames())
        {
            return inOrder;
        }

        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        string[] names = [.. slots.DenseValues().Select(static name => name.ToString())];
        int[] places = Array.ConvertAll(names, name => shape.FeatureNames.ToList().IndexOf(name));
        return places.Order().SequenceEqual(inOrder) ? places : inOrder;
    }
}
