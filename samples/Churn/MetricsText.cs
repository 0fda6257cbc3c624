using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using SoftmaxGen.Extensions.Hosting;

namespace ChurnService;

/// <summary>
/// Shows the counters and histograms of the model as text that Prometheus reads. A service with OpenTelemetry needs no such class: it adds the meter
/// <see cref="ModelMetrics.MeterName"/> to its exporter.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Total> _totals = [];

    /// <summary>Initializes a new instance of the <see cref="MetricsText"/> class, which listens from now on.</summary>
    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ModelMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument, _totals.GetOrAdd(instrument.Name, static _ => new Total()));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, _, total) => ((Total)total!).Add(value));
        _listener.SetMeasurementEventCallback<double>(static (_, value, _, total) => ((Total)total!).Add(value));
        _listener.Start();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, Total total) in _totals.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            string series = name.Replace('.', '_');
            text.Append(CultureInfo.InvariantCulture, $"{series}_sum {total.Sum:R}\n{series}_count {total.Count}\n");
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private sealed class Total
    {
        private readonly Lock _adding = new();

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public void Add(double value)
        {
            lock (_adding)
            {
                Sum += value;
                Count++;
            }
        }
    }
}
