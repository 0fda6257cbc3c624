using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>Tells whether the newest file is in force and whether the state of feedback is saved.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <param name="events">What happened to the model.</param>
internal sealed class ModelHealthCheck<TModel>(ModelEvents<TModel> events) : IHealthCheck
    where TModel : class
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string problems = string.Join(' ', new[] { events.FileProblem, events.StateProblem }.Where(static problem => problem is not null));
        var data = new Dictionary<string, object> { ["swaps"] = events.Swaps };
        return Task.FromResult(problems.Length == 0
            ? HealthCheckResult.Healthy("The newest model is in force.", data)
            : HealthCheckResult.Degraded(problems, data: data));
    }
}
