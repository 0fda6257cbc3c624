using SoftmaxGen;
using SoftmaxGen.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers models of double precision. Models of single precision are registered by the same calls.</summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/serving.md">serving</see>.</remarks>
/// <example>
/// <code>
/// builder.Services.AddSoftmaxModel&lt;ChurnModel&gt;("churn.softmax.json")
///     .AddFeedback(options => options.StatePath = "churn.state")
///     .AddHealthCheck();
/// app.MapPost("/predict", (Client client, ServedModel&lt;ChurnModel&gt; churn) => churn.Use().Predict(client));
/// </code>
/// </example>
public static class SoftmaxModelServiceCollectionExtensions
{
    /// <summary>
    /// Registers the model of a file, and a background service that watches the file: when the file changes, the new model is put in force. A file that is no
    /// file of this model is logged and refused, and the old model stays in force. Registered are the singletons <see cref="ServedModel{TModel}"/> and
    /// <see cref="ModelHandle{TModel}"/>.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="path">The path of the model file. A relative path begins at the content root of the host.</param>
    /// <param name="configure">Changes the options of the file; null leaves the defaults.</param>
    /// <returns>What adds feedback and a health check to the model.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model class is registered already.</exception>
    /// <remarks>
    /// The file is read when the host starts. The host does not start where the file is missing or refused, unless
    /// <see cref="ModelFileOptions{TModel}.Fallback"/> is set.
    /// </remarks>
    public static SoftmaxModelBuilder<TModel, double> AddSoftmaxModel<TModel>(
        this IServiceCollection services, string path, Action<ModelFileOptions<TModel>>? configure = null)
        where TModel : class, ISoftmaxModel<TModel, double> => Registration.OfFile<TModel, double>(services, path, configure);

    /// <summary>
    /// Registers a model that is at hand, as <c>Pretrained</c> is. Registered are the singletons <see cref="ServedModel{TModel}"/> and
    /// <see cref="ModelHandle{TModel}"/>.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <returns>What adds feedback and a health check to the model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model class is registered already.</exception>
    public static SoftmaxModelBuilder<TModel, double> AddSoftmaxModel<TModel>(this IServiceCollection services, TModel model)
        where TModel : class, ISoftmaxModel<TModel, double> => Registration.OfModel<TModel, double>(services, model);
}
