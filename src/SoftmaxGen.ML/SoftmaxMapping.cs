using System.Globalization;
using System.Numerics;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.ML;

/// <summary>
/// A model as a step of ML.NET's pipelines. A pipeline that is saved keeps the name of the step, and finds the class that makes it when it is loaded; the
/// weights are the class's affair: baked in, or of a file. Derive a class from it, give it a name by <see cref="CustomMappingFactoryAttributeAttribute"/>,
/// and register its assembly before a pipeline is loaded. Thread-safe.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/coming-from-mlnet.md">models in pipelines of ML.NET</see>.</remarks>
/// <example>
/// <code>
/// [CustomMappingFactoryAttribute("Iris")]
/// public sealed class IrisMapping : SoftmaxMapping&lt;IrisModel, double>
/// {
///     protected override IrisModel CreateModel() => ModelFile.Load&lt;IrisModel, double>("iris.softmax.json");
/// }
///
/// var pipeline = ml.Transforms.Concatenate("Features", names).Append(ml.Transforms.Softmax(new IrisMapping()));
/// ml.ComponentCatalog.RegisterAssembly(typeof(IrisMapping).Assembly);   // before ml.Model.Load
/// </code>
/// </example>
public abstract class SoftmaxMapping<TModel, T> : CustomMappingFactory<SoftmaxInput, SoftmaxOutput>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets what the step does with a row. ML.NET asks for it when a pipeline is made, and when it is loaded.</summary>
    /// <returns>The action, which takes rows on any number of threads.</returns>
    public sealed override Action<SoftmaxInput, SoftmaxOutput> GetMapping()
    {
        TModel model = CreateModel();
        ModelShape shape = TModel.Shape;
        string[] names = [.. Enumerable.Range(0, shape.Classes).Select(shape.ClassName)];
        return (input, output) => Predict(model, names, input, output);
    }

    /// <summary>Makes the model, once for each pipeline.</summary>
    /// <returns>The model.</returns>
    protected abstract TModel CreateModel();

    private static void Predict(TModel model, string[] names, SoftmaxInput input, SoftmaxOutput output)
    {
        if (input.Features.Length != TModel.Shape.Features)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A row has {input.Features.Length} features; the model has "
                    + $"{TModel.Shape.Features}."), nameof(input));
        }

        T[] features = Array.ConvertAll(input.Features, T.CreateTruncating);
        var probabilities = new T[names.Length];
        model.PredictProbabilities(features, probabilities);
        output.PredictedLabel = names[TModel.Shape.IndexOf(model.Predict(features))];

        // ML.NET hands out the same object for row after row, and a reader may keep what he got.
        output.Score = Array.ConvertAll(probabilities, float.CreateTruncating);
    }
}
