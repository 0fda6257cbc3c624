using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>Adds to a registered model: learning from feedback, a health check. Made by <c>AddSoftmaxModel</c>.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
public sealed class SoftmaxModelBuilder<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Initializes a new instance of the <see cref="SoftmaxModelBuilder{TModel, T}"/> class.</summary>
    /// <param name="services">The services.</param>
    internal SoftmaxModelBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services that the model is registered with.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Lets the model learn from feedback: registers the singleton <see cref="ModelFeedback{TModel, T}"/>, which takes rows whose labels have become known,
    /// and a background service that learns from the rows and puts the better model in force. The model begins as the one of the file or the one registered.
    /// When the file brings another model, learning begins anew from that model.
    /// </summary>
    /// <param name="configure">Changes the options; null leaves the defaults, which keep no state.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">Feedback was added already.</exception>
    public SoftmaxModelBuilder<TModel, T> AddFeedback(Action<FeedbackOptions>? configure = null)
    {
        if (Services.Any(static service => service.ServiceType == typeof(ModelFeedback<TModel, T>)))
        {
            throw new InvalidOperationException($"Feedback of {typeof(TModel).Name} was added already.");
        }

        var options = new FeedbackOptions();
        configure?.Invoke(options);
        options.Validate(nameof(configure));
        Services.AddSingleton(provider => new ModelFeedback<TModel, T>(options.Capacity, provider.GetRequiredService<ModelEvents<TModel>>().Meters));
        Services.AddHostedService(provider => new FeedbackService<TModel, T>(
            provider.GetRequiredService<ModelFeedback<TModel, T>>(),
            provider.GetRequiredService<ModelSlot<TModel>>(),
            options,
            options.StatePath is { } path ? new LearnerFile<TModel, T>(Registration.FullPath(provider, path)) : null,
            provider.GetRequiredService<ModelEvents<TModel>>()));
        return this;
    }

    /// <summary>
    /// Adds a health check. The check is degraded while the newest model file is refused or missing, and while the state of feedback cannot be saved:
    /// predictions go on with the model in force. It is healthy otherwise.
    /// </summary>
    /// <param name="name">The name of the check; null for the name of the model class.</param>
    /// <param name="tags">Tags, by which checks are chosen; null for none.</param>
    /// <returns>This builder.</returns>
    public SoftmaxModelBuilder<TModel, T> AddHealthCheck(string? name = null, IEnumerable<string>? tags = null)
    {
        Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name ?? typeof(TModel).Name,
            static provider => new ModelHealthCheck<TModel>(provider.GetRequiredService<ModelEvents<TModel>>()),
            failureStatus: null,
            tags));
        return this;
    }
}
