using System.Diagnostics.Metrics;
using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>What is registered for a model, whatever its precision.</summary>
internal static class Registration
{
    /// <summary>Registers the model of a file, and what watches the file.</summary>
    /// <returns>What adds to the model.</returns>
    public static SoftmaxModelBuilder<TModel, T> OfFile<TModel, T>(IServiceCollection services, string path, Action<ModelFileOptions<TModel>>? configure)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var options = new ModelFileOptions<TModel>();
        configure?.Invoke(options);
        options.Validate(nameof(configure));
        SoftmaxModelBuilder<TModel, T> builder = Of<TModel, T>(services);
        services.AddSingleton(provider => new WatchedFile<TModel, T>(FullPath(provider, path)));
        services.AddSingleton(provider => new ModelSlot<TModel>(ModelFileWatcher<TModel, T>.ReadFirst(
            provider.GetRequiredService<WatchedFile<TModel, T>>(), options, provider.GetRequiredService<ModelEvents<TModel>>())));
        services.AddHostedService(provider => new ModelFileWatcher<TModel, T>(
            provider.GetRequiredService<WatchedFile<TModel, T>>(),
            options,
            provider.GetRequiredService<ModelSlot<TModel>>(),
            provider.GetRequiredService<ModelEvents<TModel>>()));
        return builder;
    }

    /// <summary>Registers a model.</summary>
    /// <returns>What adds to the model.</returns>
    public static SoftmaxModelBuilder<TModel, T> OfModel<TModel, T>(IServiceCollection services, TModel model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        SoftmaxModelBuilder<TModel, T> builder = Of<TModel, T>(services);
        services.AddSingleton(new ModelSlot<TModel>(model));
        return builder;
    }

    /// <summary>Finds the full path of a file: a relative path begins at the content root of the host, where there is a host.</summary>
    public static string FullPath(IServiceProvider provider, string path) =>
        provider.GetService<IHostEnvironment>() is { ContentRootPath: { Length: > 0 } root } ? Path.GetFullPath(path, root) : Path.GetFullPath(path);

    private static SoftmaxModelBuilder<TModel, T> Of<TModel, T>(IServiceCollection services)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(static service => service.ServiceType == typeof(ModelHandle<TModel>)))
        {
            throw new InvalidOperationException($"{typeof(TModel).Name} is registered already; a model class has one model in force.");
        }

        services.AddSingleton(static provider => new ModelEvents<TModel>(
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, provider.GetService<IMeterFactory>()));
        services.AddSingleton(static provider => provider.GetRequiredService<ModelSlot<TModel>>().Handle);
        services.AddSingleton(static provider => new ServedModel<TModel>(
            provider.GetRequiredService<ModelHandle<TModel>>(), provider.GetRequiredService<ModelEvents<TModel>>().Meters));
        return new SoftmaxModelBuilder<TModel, T>(services);
    }
}
