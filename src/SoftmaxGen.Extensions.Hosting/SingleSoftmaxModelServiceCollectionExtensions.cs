using SoftmaxGen;
using SoftmaxGen.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

// Apart from the extensions for double precision: two methods of one class must not differ in their constraints alone. Where both classes are in sight, the
// compiler leaves out the method whose constraint a model does not meet.

/// <summary>
/// Registers models of single precision, by the same calls as <see cref="SoftmaxModelServiceCollectionExtensions"/> those of double precision.
/// </summary>
public static class SingleSoftmaxModelServiceCollectionExtensions
{
    /// <inheritdoc cref="SoftmaxModelServiceCollectionExtensions.AddSoftmaxModel{TModel}(IServiceCollection, string, Action{ModelFileOptions{TModel}}?)"/>
    public static SoftmaxModelBuilder<TModel, float> AddSoftmaxModel<TModel>(
        this IServiceCollection services, string path, Action<ModelFileOptions<TModel>>? configure = null)
        where TModel : class, ISoftmaxModel<TModel, float> => Registration.OfFile<TModel, float>(services, path, configure);

    /// <inheritdoc cref="SoftmaxModelServiceCollectionExtensions.AddSoftmaxModel{TModel}(IServiceCollection, TModel)"/>
    public static SoftmaxModelBuilder<TModel, float> AddSoftmaxModel<TModel>(this IServiceCollection services, TModel model)
        where TModel : class, ISoftmaxModel<TModel, float> => Registration.OfModel<TModel, float>(services, model);
}
