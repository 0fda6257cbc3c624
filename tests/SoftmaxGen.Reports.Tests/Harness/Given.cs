namespace SoftmaxGen.Reports.Tests.Harness;

/// <summary>Trainings that several tests look at, done once.</summary>
internal static class Given
{
    /// <summary>Every other iris is trained on; the odd ones are held out.</summary>
    public static Flower[] HeldOut { get; } = [.. Flower.All.Where(static (_, i) => i % 2 == 1)];

    public static TrainingResult<FlowerModel> Flowers { get; } =
        FlowerModel.Train([.. Flower.All.Where(static (_, i) => i % 2 == 0)], new TrainingOptions { L2 = 0.01 });

    public static Customer[] Clients { get; } = Customer.Make(600, seed: 1);

    public static TrainingResult<CustomerModel> Churn { get; } = CustomerModel.Train(Clients, new TrainingOptions { L2 = 1e-3 });

    public static TrainingResult<PlanModel> Plans { get; } =
        PlanModel.Train([.. Clients.Select(Subscriber.Of)], new TrainingOptions { L2 = 1e-3 });

    public static HostileModel Hostile { get; } = HostileModel.FromWeights(
        [0.1, 1, -2, 0.5, 0.2, 0.3, 1.5, -1, -0.3, -0.9, 0.2, 0.7, 0, -0.4, 0.3, -0.2],
        new FeatureMoments([0, 0, 0], [1, 2, 0.5]));

    public static double[] HostileRows { get; } = [.. Enumerable.Range(0, 240).Select(static i => Math.Sin(i * 1.7) * 2)];

    public static int[] HostileLabels { get; } = [.. Enumerable.Range(0, 80).Select(static i => i % 4)];

    /// <summary>Makes a shape that no generator was asked for.</summary>
    public static ModelShape Shape(int classes, int features, Func<int, string>? className = null) => new()
    {
        Classes = classes,
        Features = features,
        FirstLabel = 0,
        ClassNames = className is null ? [] : [.. Enumerable.Range(0, classes).Select(className)],
        FeatureNames = [],
        Fingerprint = "0123456789abcdef",
        Precision = SoftmaxPrecision.Double,
        StackBytes = 0,
        HasHessian = false,
        KernelDescription = "",
    };

    /// <summary>Makes a report with every part.</summary>
    public static ModelReport FullReport()
    {
        using TrainingSet<FlowerModel, double> heldOut = FlowerModel.CreateTrainingSet(HeldOut);
        using TrainingSet<FlowerModel, double> all = FlowerModel.CreateTrainingSet([.. Flower.All]);
        TrainingResult<FlowerModel> reduced = SoftmaxTrainer.Train(all, new TrainingOptions { BiasReduction = true, L2 = 0 });
        return ModelReport.Create(Flowers, heldOut) with
        {
            Title = "Fisher's irises",
            Subtitle = "150 flowers, every other one held out",
            Path = L2Path.Run(all),
            CrossValidation = SoftmaxGen.CrossValidation.Run(all, new TrainingOptions { L2 = 0.01 }),
            Inference = reduced.Inference(all),
            WorstRows = Flowers.Model.WorstRows<FlowerModel, double, Species, Flower>(HeldOut, [.. HeldOut.Select(static flower => flower.Species)], 8),
            Oddities = [new DataOddity("SepalWidth", "It has 23 different values.")],
            Classes = [new ClassShare("Setosa", 25), new ClassShare("Versicolor", 25), new ClassShare("Virginica", 25)],
        };
    }
}
