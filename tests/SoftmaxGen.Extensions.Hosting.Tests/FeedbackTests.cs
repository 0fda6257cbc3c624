using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>What the service learns from feedback has the bits of a learner that is given the same rows, and outlives the process.</summary>
public sealed class FeedbackTests : IDisposable
{
    private static readonly (Customer Client, Churn Churn)[] _clients = Given.Clients(500, seed: 7);

    private readonly TestFolder _folder = new();

    private string State => _folder["churn.state"];

    private string ModelFile => _folder["churn.softmax.json"];

    [Fact]
    public async Task The_model_in_force_learns()
    {
        await using Service service = await StartAsync();

        Post(service, _clients);

        await Service.UntilAsync(() => Weights(service.Model).SequenceEqual(Weights(Given.Learned(Given.Model(0), _clients))), "all was learned");
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_is_learned_and_saved()
    {
        await using Service first = await StartAsync(static options => options.PublishInterval = TimeSpan.FromDays(1));
        Post(first, _clients);
        await first.StopAsync();

        await using Service second = await StartAsync();

        Assert.Equal(Weights(Given.Learned(Given.Model(0), _clients)), Weights(first.Model));
        Assert.Equal(Weights(first.Model), Weights(second.Model));
        Assert.Contains(second.Logged, static message => message.Contains("500 rows were learned from before", StringComparison.Ordinal));
    }

    /// <summary>A process that is killed saves no more: another one goes on from the last state on the disk, here a copy of that.</summary>
    [Fact]
    public async Task A_state_that_was_saved_on_the_way_survives_a_kill()
    {
        await using Service killed = await StartAsync(static options => options.SaveInterval = TimeSpan.FromMilliseconds(1));
        Post(killed, _clients[..300]);
        double[] expected = Weights(Given.Learned(Given.Model(0), _clients[..300]));
        await Service.UntilAsync(() => Weights(killed.Model).SequenceEqual(expected), "all was learned");
        using var other = new TestFolder();
        await Service.UntilAsync(() => TryCopy(other) && LearnedRows(other["churn.state"]) == 300, "the state was saved");

        await using Service second = await StartAsync(folder: other.Path);
        Assert.Equal(expected, Weights(second.Model));
        Post(second, _clients[300..]);

        await Service.UntilAsync(() => Weights(second.Model).SequenceEqual(Weights(Given.Learned(Given.Model(0), _clients))), "it goes on learning");
    }

    [Fact]
    public async Task A_new_model_file_begins_learning_anew()
    {
        Given.Model(1).Save(ModelFile);
        await using Service first = await StartAsync(withFile: true);
        Post(first, _clients[..100]);
        await Service.UntilAsync(() => Weights(first.Model).SequenceEqual(Weights(Given.Learned(Given.Model(1), _clients[..100]))), "all was learned");

        Given.Model(2).Save(ModelFile);
        await Service.UntilAsync(() => first.Number == 2, "the new model is in force");
        Post(first, _clients[100..200]);
        double[] expected = Weights(Given.Learned(Given.Model(2), _clients[100..200]));
        await Service.UntilAsync(() => Weights(first.Model).SequenceEqual(expected), "it learns from the new model on");
        await first.StopAsync();

        await using Service second = await StartAsync(withFile: true);
        Assert.Equal(expected, Weights(second.Model));
        await second.StopAsync();

        // The state of another model is left alone until something is learned from the new one.
        Given.Model(3).Save(ModelFile);
        await using Service third = await StartAsync(withFile: true);
        Assert.Equal(3, third.Number);
        Assert.Contains(third.Logged, static message => message.Contains("learned from another model", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task A_damaged_state_is_put_aside_and_told(int length)
    {
        await using (Service first = await StartAsync())
        {
            Post(first, _clients);
        }

        byte[] whole = await File.ReadAllBytesAsync(State);
        await File.WriteAllBytesAsync(State, whole[..length]);

        await using Service second = await StartAsync();

        Assert.Equal(0, second.Number);
        Assert.Equal(length, new FileInfo(State + ".refused").Length);
        Assert.Contains(second.Logged, message => message.StartsWith("Error: The state in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_cannot_be_saved_degrades_the_service_and_does_not_end_it()
    {
        await using Service service = await StartAsync(
            static options => (options.StatePath, options.SaveInterval) = ("gone/churn.state", TimeSpan.FromMilliseconds(1)));

        Post(service, _clients[..1]);
        await Service.UntilAsync(() => service.Logged.Any(static message => message.StartsWith("Error:", StringComparison.Ordinal)), "it is logged");
        HealthReportEntry degraded = await service.CheckHealthAsync();
        Directory.CreateDirectory(_folder["gone"]);
        await Service.UntilAsync(() => File.Exists(_folder["gone/churn.state"]), "the state is saved after all");
        await service.StopAsync();

        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Equal(HealthStatus.Healthy, (await service.CheckHealthAsync()).Status);
        Assert.Single(service.Logged, static message => message.StartsWith("Error:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_rows_are_refused_to_whoever_posts_them()
    {
        await using Service service = await StartAsync();

        Assert.Contains("Charges", Assert.Throws<ArgumentException>(() => service.Feedback.TryPost(new Customer(1, double.NaN), Churn.Stays)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => service.Feedback.TryPost(new Customer(1, 1), (Churn)2));
        Assert.Throws<ArgumentNullException>(() => service.Feedback.TryPost((Customer)null!, Churn.Stays));
        Assert.Throws<ArgumentException>(() => service.Feedback.TryPost([1.0], 0));
        Assert.True(service.Feedback.TryPost([1.0, 2.0], 0));
    }

    [Fact]
    public async Task A_row_whose_scores_overflow_teaches_nothing_and_harms_nothing()
    {
        await using Service service = await Service.StartAsync(_folder.Path, services => services
            .AddSoftmaxModel(ChurnModel.FromWeights([0, 0, 0, 0, 1e300, 0]))
            .AddFeedback(static options => options.PublishInterval = TimeSpan.FromMilliseconds(5)));

        Assert.True(service.Feedback.TryPost(new Customer(1e300, 1), Churn.Stays));

        await Service.UntilAsync(
            () => service.Logged.Any(static message => message.StartsWith("Warning: Nothing is learned", StringComparison.Ordinal)), "it is logged");
    }

    public void Dispose() => _folder.Dispose();

    private static void Post(Service service, (Customer Client, Churn Churn)[] clients) =>
        Assert.All(clients, row => Assert.True(service.Feedback.TryPost(row.Client, row.Churn)));

    private static double[] Weights(ChurnModel model) => model.Weights.ToArray();

    private static long LearnedRows(string state)
    {
        using FileStream stream = File.OpenRead(state);
        stream.Position = 32;
        return OnlineLearner<ChurnModel, double>.Load(stream).Steps;
    }

    private bool TryCopy(TestFolder other)
    {
        if (!File.Exists(State))
        {
            return false;
        }

        File.Copy(State, other["churn.state"], overwrite: true);
        return true;
    }

    private Task<Service> StartAsync(Action<FeedbackOptions>? configure = null, bool withFile = false, string? folder = null) =>
        Service.StartAsync(folder ?? _folder.Path, services =>
        {
            SoftmaxModelBuilder<ChurnModel, double> builder = withFile
                ? services.AddSoftmaxModel<ChurnModel>("churn.softmax.json", static options => options.PollInterval = TimeSpan.FromMilliseconds(5))
                : services.AddSoftmaxModel(Given.Model(0));
            builder.AddHealthCheck().AddFeedback(options =>
            {
                options.StatePath = "churn.state";
                options.PublishInterval = TimeSpan.FromMilliseconds(5);
                configure?.Invoke(options);
            });
        });
}
