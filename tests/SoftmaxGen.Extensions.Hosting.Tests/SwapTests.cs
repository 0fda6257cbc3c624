using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>Predictions go on while models are exchanged.</summary>
public sealed class SwapTests : IDisposable
{
    private const int Swaps = 100;
    private const int BadFiles = 10;

    private readonly TestFolder _folder = new();

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task A_hundred_models_and_ten_bad_files_come_while_others_predict()
    {
        string file = _folder["churn.softmax.json"];
        Given.Model(0).Save(file);
        await using Service service = await Service.StartAsync(_folder.Path, services => services
            .AddSoftmaxModel<ChurnModel>(file, static options => options.PollInterval = TimeSpan.FromMilliseconds(2)));
        using var measured = new Measurements(service.Get<IMeterFactory>());
        using var end = new CancellationTokenSource();
        Task<long>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => Read(service.Get<ServedModel<ChurnModel>>(), end.Token)))];

        for (int number = 1; number <= Swaps; number++)
        {
            if (number % (Swaps / BadFiles) == 0)
            {
                await File.WriteAllTextAsync(file, $"bad {number}");
                int refused = number / (Swaps / BadFiles);
                await Service.UntilAsync(() => measured.Sum(ModelMetrics.RefusedFiles) == refused, "the bad file is refused");
            }

            Given.Model(number).Save(file);
            await Service.UntilAsync(() => service.Number == number, $"model {number} is in force");
        }

        await end.CancelAsync();
        long predictions = (await Task.WhenAll(readers)).Sum();

        Assert.Equal(predictions, measured.Sum(ModelMetrics.Predictions));
        Assert.Equal(Swaps, measured.Sum(ModelMetrics.Swaps));
        Assert.Equal(BadFiles, measured.Sum(ModelMetrics.RefusedFiles));
        Assert.Equal([nameof(ChurnModel)], measured.Models);
    }

    public void Dispose() => _folder.Dispose();

    // Each prediction is that of one of the models, whole, and none is older than the one before.
    private static long Read(ServedModel<ChurnModel> served, CancellationToken end)
    {
        long count = 0;
        double newest = 0;
        while (!end.IsCancellationRequested)
        {
            double number = Given.NumberOf(served.Use());
            count++;
            Assert.True(number >= newest && number == Math.Round(number), $"{number} after {newest}");
            newest = number;
        }

        return count;
    }
}
