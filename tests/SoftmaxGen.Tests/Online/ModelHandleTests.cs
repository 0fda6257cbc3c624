using System.Collections.Concurrent;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

public sealed class ModelHandleTests
{
    private const int Readers = 8;
    private const int Updates = 1_000_000;
    private const int UpdatesPerModel = 1000;

    [Fact]
    public void A_handle_has_the_model_published_last()
    {
        Double3x4 first = Double3x4.FromWeights(new double[15]);
        Double3x4 second = Double3x4.FromWeights(new double[15]);
        var handle = new ModelHandle<Double3x4>(first);

        Assert.Same(first, handle.Current);
        handle.Publish(second);
        Assert.Same(second, handle.Current);
        Assert.Throws<ArgumentNullException>(() => handle.Publish(null!));
        Assert.Throws<ArgumentNullException>(() => new ModelHandle<Double3x4>(null!));
    }

    [Fact]
    public void A_million_updates_beside_eight_readers_allocate_nothing_and_tear_nothing()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 512);
        double[] rows = sample.Rows;
        int[] labels = sample.Labels;
        var learner = new OnlineLearner<Double3x4, double>(new OnlineOptions { Method = OnlineMethod.Sgd, LearningRate = 0.01 });
        var published = new ConcurrentDictionary<Double3x4, Publication>(ReferenceEqualityComparer.Instance);
        var handle = new ModelHandle<Double3x4>(Remember(learner.Snapshot(), 0));
        using var stop = new CancellationTokenSource();
        using var ready = new CountdownEvent(Readers);
        Reader[] readers = [.. Enumerable.Range(0, Readers).Select(_ => new Reader(handle, published, ready, stop.Token))];
        ready.Wait();

        // A collection takes what is left of the thread's own memory, which then counts as allocated, and a collection in the background does so a second time
        // without being counted: what an update allocated would show between all snapshots.
        int clean = 0;
        for (int version = 1; version <= Updates / UpdatesPerModel; version++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < UpdatesPerModel; i++)
            {
                int row = ((version * UpdatesPerModel) + i) % 512;
                learner.Update(rows.AsSpan(row * 4, 4), labels[row]);
            }

            clean += GC.GetAllocatedBytesForCurrentThread() == before ? 1 : 0;
            handle.Publish(Remember(learner.Snapshot(), version));
        }

        stop.Cancel();
        Assert.All(readers, reader => reader.Join());
        Assert.Equal(Updates, learner.Steps);
        Assert.InRange(clean, Updates / UpdatesPerModel / 2, Updates / UpdatesPerModel);
        Assert.All(readers, reader => Assert.Null(reader.Failure));
        Assert.All(readers, reader => Assert.True(reader.Reads > 0));

        Double3x4 Remember(Double3x4 model, int version)
        {
            published[model] = new Publication(version, [.. model.Weights]);
            return model;
        }
    }

    [Fact]
    public void A_model_is_never_seen_in_parts()
    {
        // All fifteen weights of a model are its version.
        var handle = new ModelHandle<Double3x4>(Version(0));
        using var stop = new CancellationTokenSource();
        using var ready = new CountdownEvent(Readers);
        string?[] failures = new string?[Readers];
        Thread[] readers = [.. Enumerable.Range(0, Readers).Select(reader => new Thread(() => failures[reader] = Read()))];
        Array.ForEach(readers, reader => reader.Start());
        ready.Wait();

        for (int version = 1; version <= 200_000; version++)
        {
            handle.Publish(Version(version));
        }

        stop.Cancel();
        Array.ForEach(readers, reader => reader.Join());
        Assert.All(failures, Assert.Null);

        static Double3x4 Version(int version)
        {
            Span<double> weights = stackalloc double[15];
            weights.Fill(version);
            return Double3x4.FromWeights(weights);
        }

        string? Read()
        {
            ready.Signal();
            double last = 0;
            Span<double> scores = stackalloc double[3];
            while (!stop.IsCancellationRequested)
            {
                Double3x4 model = handle.Current;
                double version = model.Weights[0];
                model.PredictScores([1, 1, 1, 1], scores);
                if (model.Weights.ContainsAnyExcept(version) || scores.ContainsAnyExcept(5 * version) || version < last)
                {
                    return $"{version} after {last}: {string.Join(' ', model.Weights.ToArray())}";
                }

                last = version;
            }

            return null;
        }
    }

    private sealed record Publication(int Version, double[] Weights);

    /// <summary>A thread that takes the model in force over and over, and compares it with what was published.</summary>
    private sealed class Reader
    {
        private readonly ModelHandle<Double3x4> _handle;
        private readonly ConcurrentDictionary<Double3x4, Publication> _published;
        private readonly CountdownEvent _ready;
        private readonly CancellationToken _stop;
        private readonly Thread _thread;

        public Reader(
            ModelHandle<Double3x4> handle, ConcurrentDictionary<Double3x4, Publication> published, CountdownEvent ready, CancellationToken stop)
        {
            _handle = handle;
            _published = published;
            _ready = ready;
            _stop = stop;
            _thread = new Thread(Read);
            _thread.Start();
        }

        public string? Failure { get; private set; }

        public long Reads { get; private set; }

        public void Join() => _thread.Join();

        private void Read()
        {
            _ready.Signal();
            int last = 0;
            do
            {
                Double3x4 model = _handle.Current;
                if (!_published.TryGetValue(model, out Publication? publication))
                {
                    Failure = "A model that was never published.";
                }
                else if (!model.Weights.SequenceEqual(publication.Weights))
                {
                    Failure = $"Version {publication.Version} has other weights.";
                }
                else if (publication.Version < last)
                {
                    Failure = $"Version {publication.Version} after {last}.";
                }
                else
                {
                    last = publication.Version;
                    Reads++;
                }
            }
            while (Failure is null && !_stop.IsCancellationRequested);
        }
    }
}
