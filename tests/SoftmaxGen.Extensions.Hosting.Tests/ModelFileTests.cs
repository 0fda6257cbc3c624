using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>The model of a file is in force, whatever way the file is replaced; what is no model of the class is refused.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string File => _folder["churn.softmax.json"];

    [Fact]
    public async Task The_model_of_the_file_is_in_force_when_the_host_has_started()
    {
        Given.Model(1).Save(File);

        await using Service service = await StartAsync();

        Assert.Equal(1, service.Number);
        Assert.Same(service.Model, service.Get<ServedModel<ChurnModel>>().Use());
    }

    [Fact]
    public async Task A_host_without_a_model_does_not_start_and_tells_why()
    {
        InvalidOperationException missing = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());
        await System.IO.File.WriteAllTextAsync(File, "{}");
        InvalidOperationException bad = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.StartsWith($"ChurnModel has no model to begin with: '{File}' cannot be loaded.", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Fallback", missing.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IOException>(missing.InnerException);
        Assert.IsType<ModelFormatException>(bad.InnerException);
    }

    [Fact]
    public async Task The_fallback_is_in_force_until_there_is_a_file()
    {
        await using Service service = await StartAsync(options => options.Fallback = Given.Model(7));

        Assert.Equal(7, service.Number);
        Assert.Equal(HealthStatus.Degraded, (await service.CheckHealthAsync()).Status);

        Given.Model(8).Save(File);

        await Service.UntilAsync(() => service.Number == 8, "the model of the file is in force");
        Assert.Equal(HealthStatus.Healthy, (await service.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_file_that_is_saved_anew_brings_its_model()
    {
        Given.Model(1).Save(File);
        await using Service service = await StartAsync();

        Given.Model(2).Save(File);

        await Service.UntilAsync(() => service.Number == 2, "the new model is in force");
    }

    [Fact]
    public async Task A_file_that_is_written_in_place_brings_its_model_and_its_halves_are_not_refused()
    {
        Given.Model(1).Save(File);
        await using Service service = await StartAsync();

        string text = Text(Given.Model(2));
        await using (StreamWriter writer = new(File))
        {
            await writer.WriteAsync(text.AsMemory(0, text.Length / 2));
            await writer.FlushAsync();
            await Task.Delay(1);
            await writer.WriteAsync(text.AsMemory(text.Length / 2));
        }

        await Service.UntilAsync(() => service.Number == 2, "the new model is in force");
    }

    [Fact]
    public async Task Writes_of_one_length_within_one_tick_of_the_clock_are_told_apart()
    {
        Given.Model(1).Save(File);
        await using Service service = await StartAsync();
        DateTime time = DateTime.UtcNow;

        for (int number = 2; number < 6; number++)
        {
            await System.IO.File.WriteAllTextAsync(File, Text(Given.Model(number)));
            System.IO.File.SetLastWriteTimeUtc(File, time);
            int expected = number;
            await Service.UntilAsync(() => service.Number == expected, $"model {expected} is in force");
        }
    }

    [Fact]
    public async Task A_symbolic_link_to_the_file_is_followed()
    {
        Given.Model(1).Save(_folder["1.json"]);
        Given.Model(2).Save(_folder["2.json"]);
        _folder.Link("churn.softmax.json", "1.json");
        await using Service service = await StartAsync();

        _folder.Link("churn.softmax.json", "2.json");

        await Service.UntilAsync(() => service.Number == 2, "the model that the link leads to is in force");
    }

    /// <summary>Kubernetes mounts a ConfigMap so: the file leads through the link <c>..data</c>, which is replaced as a whole.</summary>
    [Fact]
    public async Task A_ConfigMap_that_is_updated_brings_its_model()
    {
        Mount("..2026_1", 1);
        _folder.Link("churn.softmax.json", Path.Combine("..data", "churn.softmax.json"));
        await using Service service = await StartAsync();

        Mount("..2026_2", 2);

        await Service.UntilAsync(() => service.Number == 2, "the model of the new folder is in force");

        void Mount(string version, double number)
        {
            Directory.CreateDirectory(_folder[version]);
            Given.Model(number).Save(Path.Combine(_folder[version], "churn.softmax.json"));
            _folder.Link("..data", version);
        }
    }

    /// <summary>The operating system tells nothing of this: the watch is on the folder that the link led to when the host started.</summary>
    [Fact]
    public async Task A_folder_that_is_exchanged_by_a_link_is_seen_by_polling()
    {
        foreach (int number in (int[])[1, 2])
        {
            Directory.CreateDirectory(_folder[$"release{number}"]);
            Given.Model(number).Save(_folder[$"release{number}/churn.softmax.json"]);
        }

        _folder.Link("current", "release1");
        await using Service service = await StartAsync(path: "current/churn.softmax.json");

        _folder.Link("current", "release2");

        await Service.UntilAsync(() => service.Number == 2, "the model of the new release is in force");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("model of another class", "SingleModel")]
    public async Task A_bad_file_is_logged_once_and_refused_and_the_old_model_stays(string content, string model)
    {
        Given.Model(1).Save(File);
        await using Service service = await StartAsync();

        if (model.Length > 0)
        {
            SingleModel.FromWeights(new float[9]).Save(File);
        }
        else
        {
            await System.IO.File.WriteAllTextAsync(File, content);
        }

        await Service.UntilAsync(() => service.Logged.Any(IsError), "the refusal is logged");
        HealthReportEntry health = await service.CheckHealthAsync();
        Assert.Equal(1, service.Number);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(File, health.Description, StringComparison.Ordinal);

        // The next model comes after any number of looks at the bad file.
        Given.Model(2).Save(File);
        await Service.UntilAsync(() => service.Number == 2, "the next model is in force");
        Assert.Single(service.Logged, IsError);
        Assert.Equal(HealthStatus.Healthy, (await service.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_file_that_goes_and_comes_back_is_no_other_model()
    {
        Given.Model(1).Save(File);
        await using Service service = await StartAsync();
        ChurnModel before = service.Model;

        System.IO.File.Move(File, _folder["away"]);
        await Service.UntilAsync(() => service.Logged.Any(IsError), "the missing file is logged");
        System.IO.File.Move(_folder["away"], File);
        await Service.UntilAsync(() => service.Logged.Any(static message => message.EndsWith("again.", StringComparison.Ordinal)), "its return is logged");

        Assert.Same(before, service.Model);
        Assert.Equal(HealthStatus.Healthy, (await service.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_model_of_single_precision_is_registered_by_the_same_call()
    {
        SingleModel.FromWeights([1, 0, 0, 2, 0, 0, 3, 0, 0]).Save(File);

        await using Service service = await Service.StartAsync(_folder.Path, static services => services.AddSoftmaxModel<SingleModel>("churn.softmax.json"));

        Assert.Equal(2, service.Get<ServedModel<SingleModel>>().Use().Predict([0f, 0f]));
    }

    [Fact]
    public async Task A_model_at_hand_needs_no_file()
    {
        await using Service service = await Service.StartAsync(_folder.Path, static services => services.AddSoftmaxModel(Given.Model(3)).AddHealthCheck());

        Assert.Equal(3, service.Number);
        Assert.Equal(HealthStatus.Healthy, (await service.CheckHealthAsync()).Status);
    }

    [Fact]
    public void Wrong_registrations_are_refused()
    {
        var services = new ServiceCollection();
        SoftmaxModelBuilder<ChurnModel, double> builder = services.AddSoftmaxModel(Given.Model(0)).AddFeedback();

        Assert.Throws<InvalidOperationException>(() => services.AddSoftmaxModel<ChurnModel>("again"));
        Assert.Throws<InvalidOperationException>(() => builder.AddFeedback());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddSoftmaxModel<ChurnModel>("x", static o => o.PollInterval = TimeSpan.Zero));
        foreach (Action<FeedbackOptions> wrong in (Action<FeedbackOptions>[])
            [static o => o.Capacity = 0, static o => o.SaveInterval = TimeSpan.Zero, static o => o.PublishInterval = TimeSpan.FromDays(2)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddSoftmaxModel(Given.Model(0)).AddFeedback(wrong));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsError(string message) => message.StartsWith("Error:", StringComparison.Ordinal);

    private static string Text(ChurnModel model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private Task<Service> StartAsync(Action<ModelFileOptions<ChurnModel>>? configure = null, string path = "churn.softmax.json") =>
        Service.StartAsync(_folder.Path, services => services
            .AddSoftmaxModel<ChurnModel>(path, options =>
            {
                options.PollInterval = TimeSpan.FromMilliseconds(10);
                configure?.Invoke(options);
            })
            .AddHealthCheck());
}
