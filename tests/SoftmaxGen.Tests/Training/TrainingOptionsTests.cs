using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

public sealed class TrainingOptionsTests
{
    public static TheoryData<string, string> InvalidOptions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string name, string value) in Invalid.Keys)
            {
                data.Add(name, value);
            }

            return data;
        }
    }

    private static Dictionary<(string Name, string Value), TrainingOptions> Invalid => new()
    {
        [("Solver", "8")] = new() { Solver = (Solver)8 },
        [("Solver", "GradientDescent")] = new() { Solver = Solver.GradientDescent, L1 = 0.1 },
        [("Solver", "Adam")] = new() { Solver = Solver.Adam, L1 = 0.1 },
        [("L2", "-0.5")] = new() { L2 = -0.5 },
        [("L2", "NaN")] = new() { L2 = double.NaN },
        [("L2", "Infinity")] = new() { L2 = double.PositiveInfinity },
        [("Tolerance", "0")] = new() { Tolerance = 0 },
        [("Tolerance", "-0.001")] = new() { Tolerance = -1e-3 },
        [("Tolerance", "NaN")] = new() { Tolerance = double.NaN },
        [("Tolerance", "Infinity")] = new() { Tolerance = double.PositiveInfinity },
        [("MaxIterations", "0")] = new() { MaxIterations = 0 },
        [("MaxIterations", "-3")] = new() { MaxIterations = -3 },
        [("L1", "-1")] = new() { L1 = -1 },
        [("L1", "NaN")] = new() { L1 = double.NaN },
        [("L1", "Infinity")] = new() { L1 = double.PositiveInfinity },
        [("GroupL1", "-1")] = new() { GroupL1 = -1 },
        [("GroupL1", "NaN")] = new() { GroupL1 = double.NaN },
        [("GroupL1", "Infinity")] = new() { GroupL1 = double.PositiveInfinity },
        [("Solver", "Sgd")] = new() { Solver = Solver.Sgd, GroupL1 = 0.1 },
        [("Epochs", "0")] = new() { Epochs = 0 },
        [("BatchSize", "0")] = new() { BatchSize = 0 },
        [("LearningRate", "0")] = new() { LearningRate = 0 },
        [("LearningRate", "NaN")] = new() { LearningRate = double.NaN },
        [("LearningRate", "Infinity")] = new() { LearningRate = double.PositiveInfinity },
        [("LearningRateSchedule", "4")] = new() { LearningRateSchedule = (LearningRateSchedule)4 },
        [("LabelSmoothing", "-0.1")] = new() { LabelSmoothing = -0.1 },
        [("LabelSmoothing", "1")] = new() { LabelSmoothing = 1 },
        [("LabelSmoothing", "NaN")] = new() { LabelSmoothing = double.NaN },
        [("MissingClasses", "2")] = new() { MissingClasses = (MissingClasses)2 },
        [("Patience", "0")] = new() { Patience = 0 },
        [("MaxThreads", "0")] = new() { MaxThreads = 0 },
    };

    [Theory]
    [MemberData(nameof(InvalidOptions))]
    public void Training_refuses_an_invalid_option_naming_it_and_its_value(string name, string value)
    {
        var set = new PlainMeanLoss(SampleData.Load("iris"));

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxTrainer.Solve(set, Invalid[(name, value)]));

        Assert.Equal("options", exception.ParamName);
        Assert.StartsWith($"{name} is {value};", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_documented()
    {
        var options = new TrainingOptions();

        Assert.Equal(Solver.Auto, options.Solver);
        Assert.Null(options.L2);
        Assert.True(options.Standardize);
        Assert.Equal(1e-6, options.Tolerance);
        Assert.Equal(200, options.MaxIterations);
        Assert.Equal(1, options.MaxThreads);
        Assert.Equal(0, options.L1);
        Assert.Equal(0, options.GroupL1);
        Assert.Equal(MissingClasses.Refuse, options.MissingClasses);
        Assert.Equal(50, options.Epochs);
        Assert.Equal(32, options.BatchSize);
        Assert.Null(options.LearningRate);
        Assert.Equal(LearningRateSchedule.Constant, options.LearningRateSchedule);
        Assert.Equal(0, options.Seed);
        Assert.Null(options.ClassWeights);
        Assert.Equal(0, options.LabelSmoothing);
        Assert.True(options.InitialWeights.IsEmpty);
        Assert.Equal(10, options.Patience);
    }
}
