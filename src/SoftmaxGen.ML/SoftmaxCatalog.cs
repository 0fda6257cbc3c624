using System.Numerics;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.ML;

/// <summary>Adds models to ML.NET's catalog of transforms. Thread-safe.</summary>
public static class SoftmaxCatalog
{
    /// <summary>
    /// Makes a step that predicts by a model: it reads the column of features and adds <c>PredictedLabel</c>, the name of the class, and <c>Score</c>, the
    /// probabilities.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="catalog">The catalog, <c>ml.Transforms</c>.</param>
    /// <param name="mapping">What makes the model, of a class that has a name by <see cref="CustomMappingFactoryAttributeAttribute"/>.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The class of <paramref name="mapping"/> has no name.</exception>
    /// <remarks>The column of features is called <c>Features</c>; <c>ml.Transforms.CopyColumns</c> or <c>Concatenate</c> makes it.</remarks>
    public static CustomMappingEstimator<SoftmaxInput, SoftmaxOutput> Softmax<TModel, T>(this TransformsCatalog catalog, SoftmaxMapping<TModel, T> mapping)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(mapping);
        string name = mapping.GetType().GetCustomAttribute<CustomMappingFactoryAttributeAttribute>()?.ContractName ?? throw new ArgumentException(
            $"{mapping.GetType()} has no name; write [CustomMappingFactoryAttribute(\"{mapping.GetType().Name}\")] before it, so that pipelines can be saved.",
            nameof(mapping));
        SchemaDefinition output = SchemaDefinition.Create(typeof(SoftmaxOutput));
        output[nameof(SoftmaxOutput.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, TModel.Shape.Classes);
        return catalog.CustomMapping(mapping.GetMapping(), name, outputSchemaDefinition: output);
    }
}
