using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>Sums and counts of what the meters of one service tell.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (double Sum, int Count)> _measured = [];
    private readonly ConcurrentBag<string> _models = [];

    /// <summary>Listens to the meters of a factory.</summary>
    public Measurements(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == ModelMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>Gets the names of models that were measured.</summary>
    public IEnumerable<string> Models => _models.Distinct();

    public double Sum(string instrument) => _measured.GetValueOrDefault(instrument).Sum;

    public int Count(string instrument) => _measured.GetValueOrDefault(instrument).Count;

    public void Dispose() => _listener.Dispose();

    private void Add(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Assert.Equal(ModelMetrics.ModelTag, tags[0].Key);
        _models.Add((string)tags[0].Value!);
        _measured.AddOrUpdate(instrument, (value, 1), (_, before) => (before.Sum + value, before.Count + 1));
    }
}
