using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>A host in a folder of its own, with a log that is kept.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Log _log = new();
    private bool _isStopped;

    private Service(string folder, Action<IServiceCollection> register)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        builder.Services.AddSingleton<ILoggerProvider>(_log);
        register(builder.Services);
        _host = builder.Build();
    }

    /// <summary>Gets the model in force.</summary>
    public ChurnModel Model => Get<ModelHandle<ChurnModel>>().Current;

    /// <summary>Gets the number of the model in force.</summary>
    public double Number => Given.NumberOf(Model);

    /// <summary>Gets the feedback.</summary>
    public ModelFeedback<ChurnModel, double> Feedback => Get<ModelFeedback<ChurnModel, double>>();

    /// <summary>Gets what was logged, each message with its level before.</summary>
    public string[] Logged => [.. _log.Messages];

    /// <summary>Starts a host.</summary>
    public static async Task<Service> StartAsync(string folder, Action<IServiceCollection> register)
    {
        var service = new Service(folder, register);
        try
        {
            await service._host.StartAsync();
        }
        catch
        {
            service._isStopped = true;
            await service.DisposeAsync();
            throw;
        }

        return service;
    }

    /// <summary>Waits until something is so; how long it takes does not matter.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), $"Not within a minute: {what}.");
            await Task.Delay(2);
        }
    }

    public TService Get<TService>()
        where TService : notnull => _host.Services.GetRequiredService<TService>();

    public async Task<HealthReportEntry> CheckHealthAsync() => (await Get<HealthCheckService>().CheckHealthAsync()).Entries[nameof(ChurnModel)];

    public async Task StopAsync()
    {
        _isStopped = true;
        await _host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await StopAsync();
        }

        _host.Dispose();
        _log.Dispose();
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
