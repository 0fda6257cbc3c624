using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>What is measured, and that the path of a prediction allocates nothing.</summary>
public sealed class MeterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prediction_allocates_nothing_whether_somebody_listens_or_not(bool listens)
    {
        await using Service service = await Service.StartAsync(_folder.Path, static services => services.AddSoftmaxModel(Given.Model(1)));
        ServedModel<ChurnModel> served = service.Get<ServedModel<ChurnModel>>();
        using var listener = new MeterListener();
        long heard = 0;
        if (listens)
        {
            // Other tests have meters of the same name.
            IMeterFactory meters = service.Get<IMeterFactory>();
            listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => heard += value);
            listener.Start();
        }

        var client = new Customer(12, 70);
        int leaves = 0;
        Predict(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Predict(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(11_000, leaves);
        Assert.Equal(listens ? 11_000 : 0, heard);

        void Predict(int count)
        {
            for (int i = 0; i < count; i++)
            {
                leaves += served.Use().Predict(client, out double _) == Churn.Leaves ? 1 : 0;
            }
        }
    }

    [Fact]
    public async Task Losses_and_dropped_rows_of_feedback_are_measured()
    {
        (Customer Client, Churn Churn)[] clients = Given.Clients(50, seed: 1);
        await using Service service = await Service.StartAsync(_folder.Path, static services => services
            .AddSoftmaxModel(Given.Model(0))
            .AddFeedback(static options => (options.Capacity, options.PublishInterval) = (40, TimeSpan.FromDays(1))));
        using var measured = new Measurements(service.Get<IMeterFactory>());

        bool[] taken = [.. clients.Select(row => service.Feedback.TryPost(row.Client, row.Churn))];
        Assert.Equal(40, service.Feedback.Waiting);
        await service.StopAsync();

        Assert.Equal(clients.Select(static (_, i) => i < 40), taken);
        Assert.Equal(10, measured.Sum(ModelMetrics.DroppedFeedback));
        Assert.Equal(40, measured.Count(ModelMetrics.FeedbackLoss));
        var learner = new OnlineLearner<ChurnModel, double>(Given.Model(0));
        double expected = clients[..40].Sum(row => learner.Update<Churn>([row.Client.Tenure, row.Client.Charges], row.Churn));
        Assert.Equal(expected, measured.Sum(ModelMetrics.FeedbackLoss), tolerance: 1e-12);
        Assert.False(service.Feedback.TryPost(clients[0].Client, clients[0].Churn));
        Assert.Equal(11, measured.Sum(ModelMetrics.DroppedFeedback));
    }

    [Fact]
    public async Task A_prediction_count_must_not_be_negative()
    {
        await using Service service = await Service.StartAsync(_folder.Path, static services => services.AddSoftmaxModel(Given.Model(1)));

        Assert.Throws<ArgumentOutOfRangeException>(() => service.Get<ServedModel<ChurnModel>>().Use(-1));
    }

    public void Dispose() => _folder.Dispose();
}
