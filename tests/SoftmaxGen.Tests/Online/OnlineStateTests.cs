using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

/// <summary>A learner that was saved and loaded goes on as if it had not been.</summary>
public sealed class OnlineStateTests
{
    private static readonly OnlineOptions _averaging = new() { AverageAfter = 10, L2 = 1e-3, PriorRows = 40 };

    public static TheoryData<OnlineOptions> Options =>
    [
        new OnlineOptions(),
        _averaging,
        _averaging with { Method = OnlineMethod.Sgd, LearningRate = 0.05, Decay = 0.01 },
        _averaging with { Method = OnlineMethod.AdaGrad, AverageAfter = null },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_bit_survives_at_any_time(OnlineOptions options)
    {
        Interrupt<Double4x8FromMinus5>(options, 150);
        Interrupt<Double10x30>(options, 100);
    }

    [Fact]
    public void So_it_does_after_a_training_set()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 200);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, sample.Labels);
        Double3x4 model = SoftmaxTrainer.Train(set).Model;
        GoOn(new OnlineLearner<Double3x4, double>(model, set), sample, 50);
    }

    [Fact]
    public void Idle_features_survive()
    {
        var learner = new OnlineLearner<Double2x2, double>();
        for (int i = 0; i < 100; i++)
        {
            learner.Update([i % 10, 5], i % 3 == 0 ? 1 : 0);
        }

        OnlineLearner<Double2x2, double> copy = Copy(learner);
        for (int i = 0; i < 100; i++)
        {
            double[] row = [i % 10, 5 + (i % 2)];
            Assert.Equal(learner.Update(row, i % 2), copy.Update(row, i % 2));
        }

        Assert.Equal(learner.Snapshot().Weights, copy.Snapshot().Weights);
    }

    [Fact]
    public void Single_precision_survives()
    {
        var learner = new OnlineLearner<Single3x4, float>();
        for (int i = 0; i < 99; i++)
        {
            learner.Update([i % 7, i % 5, i % 3, 1f / (i + 1)], i % 3);
        }

        using var stream = new MemoryStream();
        learner.Save(stream);
        stream.Position = 0;
        OnlineLearner<Single3x4, float> copy = OnlineLearner<Single3x4, float>.Load(stream);
        Assert.Equal(learner.Update([1, 2, 3, 4], 1), copy.Update([1, 2, 3, 4], 1));
        Assert.Equal(learner.Snapshot().Weights, copy.Snapshot().Weights);
    }

    [Fact]
    public void A_path_holds_the_old_file_or_the_new_one()
    {
        string folder = Directory.CreateTempSubdirectory("softmaxgen-online-").FullName;
        try
        {
            string path = Path.Combine(folder, "learner.state");
            var learner = new OnlineLearner<Double2x1, double>();
            learner.Save(path);
            learner.Update([1], 0);
            learner.Save(path);

            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal(1, OnlineLearner<Double2x1, double>.Load(path).Steps);
            Assert.Throws<FileNotFoundException>(() => OnlineLearner<Double2x1, double>.Load(path + "x"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_byte_anywhere_is_noticed()
    {
        var learner = new OnlineLearner<Double2x1, double>();
        learner.Update([1], 0);
        byte[] file = Bytes(learner);
        Random random = new(4);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<ModelFormatException>(() => Load<Double2x1>(damaged));
            Assert.Throws<ModelFormatException>(() => Load<Double2x1>(file[..random.Next(file.Length)]));
        }

        Assert.Throws<ModelFormatException>(() => Load<Double2x1>([.. file, 0]));
    }

    [Fact]
    public void The_file_of_another_model_is_refused()
    {
        byte[] file = Bytes(new OnlineLearner<Double2x1, double>());
        string message = Assert.Throws<ModelFormatException>(() => Load<Double3x4>(file)).Message;
        Assert.Contains("2 classes x 1 features", message, StringComparison.Ordinal);

        using var modelFile = new MemoryStream();
        Double2x1.FromWeights(new double[4]).Save(modelFile, ModelFormat.Binary);
        message = Assert.Throws<ModelFormatException>(() => Load<Double2x1>(modelFile.ToArray())).Message;
        Assert.Contains("not that of a learner", message, StringComparison.Ordinal);
        using var learnerFile = new MemoryStream(file);
        Assert.Throws<ModelFormatException>(() => ModelFile.Load<Double2x1, double>(learnerFile));
        Assert.Throws<ArgumentNullException>(() => new OnlineLearner<Double2x1, double>().Save((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => OnlineLearner<Double2x1, double>.Load((Stream)null!));
    }

    private static void Interrupt<TModel>(OnlineOptions options, int rows)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        Sample sample = Sample.Of(TModel.Shape, rows);
        foreach (int before in new[] { 0, 1, 63, 64, 65, rows - 10 })
        {
            var learner = new OnlineLearner<TModel, double>(TModel.FromWeights(sample.Weights), options);
            for (int i = 0; i < before; i++)
            {
                learner.Update(sample.Rows.AsSpan(i * TModel.Shape.Features, TModel.Shape.Features), sample.Labels[i]);
            }

            GoOn(learner, sample, before);
        }
    }

    private static void GoOn<TModel>(OnlineLearner<TModel, double> learner, Sample sample, int first)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        OnlineLearner<TModel, double> copy = Copy(learner);
        int features = TModel.Shape.Features;
        Assert.Equal(learner.Steps, copy.Steps);
        Assert.Equal(learner.Snapshot().Weights, copy.Snapshot().Weights);
        for (int i = first; i < sample.Labels.Length - 5; i++)
        {
            Assert.Equal(
                learner.Update(sample.Rows.AsSpan(i * features, features), sample.Labels[i]),
                copy.Update(sample.Rows.AsSpan(i * features, features), sample.Labels[i]));
        }

        Range last = (sample.Labels.Length - 5)..;
        double[] rows = sample.Rows[^(5 * features)..];
        Assert.Equal(learner.UpdateBatch(rows, sample.Labels[last]), copy.UpdateBatch(rows, sample.Labels[last]));
        Assert.Equal(learner.Snapshot().Weights, copy.Snapshot().Weights);
        Assert.Equal(Bytes(learner), Bytes(copy));
    }

    private static OnlineLearner<TModel, double> Copy<TModel>(OnlineLearner<TModel, double> learner)
        where TModel : class, ISoftmaxModel<TModel, double> => Load<TModel>(Bytes(learner));

    private static byte[] Bytes<TModel>(OnlineLearner<TModel, double> learner)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var stream = new MemoryStream();
        learner.Save(stream);
        return stream.ToArray();
    }

    private static OnlineLearner<TModel, double> Load<TModel>(byte[] file)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var stream = new MemoryStream(file);
        return OnlineLearner<TModel, double>.Load(stream);
    }
}
