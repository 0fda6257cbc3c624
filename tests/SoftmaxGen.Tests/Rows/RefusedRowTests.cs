using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>A value that has no column is refused with its row, its member and itself, in every member that takes rows.</summary>
public class RefusedRowTests
{
    private static readonly Client _right = ClientSample.Make(1, seed: 6)[0];

    private readonly ClientPlanModel _plans = ClientPlanModel.FromWeights(new double[ClientPlanModel.ParameterCount]);
    private readonly ClientChurnModel _churn = ClientChurnModel.FromWeights(new double[ClientChurnModel.ParameterCount]);

    /// <summary>Gets what is changed in a row, and a part of the message.</summary>
    public static TheoryData<string, string> Changes { get; } = new()
    {
        { nameof(Client.Contract), "Contract of row {0} is '3', which has no column; the columns are Contract=Monthly, Contract=TwoYears." },
        { nameof(Client.Internet), "Internet of row {0} is '1', which has no column; the columns are Internet=None, Internet=DSL line, Internet=Fiber, Internet?." },
        { nameof(Client.Services), "Services of row {0} is '4', which has no column" },
        { nameof(Client.Country), "Country of row {0} is 'de', which has no column; the columns are Country=DE, Country=FR, Country=IT." },
        { nameof(Client.Channel), "Channel of row {0} is 'phone', which has no column" },
        { nameof(Client.City), "City of row {0} is null; where it may be missing, declare the member nullable" },
        { nameof(Client.User), "User of row {0} is null" },
        { nameof(Client.Embedding), "Embedding of row {0} has 2 numbers; it must have 3." },
        { nameof(Client.Sketch), "Sketch of row {0} has 3 numbers; it must have 2." },
        { nameof(Client.Signal), "Signal of row {0} has 0 numbers; it must have 2." },
        { nameof(Client.Load), "of row {0} is NaN; every feature must be finite." },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_row_alone_is_refused(string member, string message)
    {
        Client wrong = Change(member);
        string expected = message.Replace("{0}", "0", StringComparison.Ordinal);
        Action[] calls =
        [
            () => _plans.Predict(wrong),
            () => _plans.Predict(wrong, out double _),
            () => _plans.TryPredict(wrong, 0.5, out Plan _),
            () => _plans.PredictScores(wrong, new double[3]),
            () => _plans.PredictProbabilities(wrong, new double[3]),
            () => _plans.PredictWithMargin(wrong, out double _),
            () => _plans.PredictTop(wrong, new (Plan, double)[1]),
            () => _plans.Explain(wrong, new double[ClientPlanModel.Features]),
            () => _churn.Predict(wrong),
            () => _churn.Predict(wrong, out double _),
            () => _churn.PredictScores(wrong, new double[2]),
            () => _churn.PredictProbabilities(wrong, new double[2]),
            () => _churn.PredictTop(wrong, new (Churn, double)[1]),
        ];
        foreach (Action call in calls)
        {
            var error = Assert.Throws<ArgumentException>(call);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Equal("features", error.ParamName);
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_row_among_others_is_refused_by_its_number(string member, string message)
    {
        Client[] clients = [.. Enumerable.Repeat(_right, 12)];
        clients[11] = Change(member);
        string expected = message.Replace("{0}", "11", StringComparison.Ordinal);
        Action[] calls =
        [
            () => _plans.PredictBatch(clients, new Plan[12]),
            () => _plans.PredictProbabilitiesBatch(clients, new double[36]),
            () => _churn.PredictBatch(clients, new Churn[12]),
            () => _churn.PredictProbabilitiesBatch(clients, new double[24]),
            () => _plans.Evaluate(clients, new Plan[12]),
            () => _ = ClientPlanModel.Train(clients, [.. Enumerable.Range(0, 12).Select(static row => (Plan)(row % 3))]),
            () => ClientPlanModel.CreateTrainingSet(clients, new Plan[12]),
        ];
        foreach (Action call in calls)
        {
            Assert.Contains(expected, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lengths_and_probabilities_are_checked()
    {
        Assert.Throws<ArgumentException>(() => _plans.PredictScores(_right, new double[2]));
        Assert.Throws<ArgumentException>(() => _plans.PredictProbabilities(_right, new double[4]));
        Assert.Throws<ArgumentException>(() => _plans.PredictTop(_right, new (Plan, double)[4]));
        Assert.Throws<ArgumentException>(() => _plans.Explain(_right, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _plans.TryPredict(_right, 1.5, out Plan _));
        Assert.Throws<ArgumentException>(() => _churn.PredictProbabilities(_right, new double[3]));
        Assert.Throws<ArgumentNullException>(() => _plans.Predict((Client)null!));
        Assert.Throws<ArgumentException>(() => _plans.PredictBatch(new Client[2], new Plan[1]));
        Assert.Contains(
            "Row 1", Assert.Throws<ArgumentNullException>(() => _plans.PredictBatch([_right, null!], new Plan[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClientPlanModel.Shape.SumByGroup<double>(new double[ClientPlanModel.Features], new double[1]));
    }

    [Fact]
    public void A_score_that_overflows_is_told()
    {
        double[] weights = new double[ClientPlanModel.ParameterCount];
        Array.Fill(weights, 1e308);
        Client large = _right with { Load = 1e10 };
        Assert.Contains(
            "overflows", Assert.Throws<ArgumentException>(() => ClientPlanModel.FromWeights(weights).Predict(large)).Message, StringComparison.Ordinal);
        double[] two = new double[ClientChurnModel.ParameterCount];
        Array.Fill(two, 1e308, ClientChurnModel.Features + 1, ClientChurnModel.Features + 1);
        Assert.Contains(
            "overflows", Assert.Throws<ArgumentException>(() => ClientChurnModel.FromWeights(two).Predict(large)).Message, StringComparison.Ordinal);
    }

    private static Client Change(string member) => member switch
    {
        nameof(Client.Contract) => _right with { Contract = (Contract)3 },
        nameof(Client.Internet) => _right with { Internet = (Internet)1 },
        nameof(Client.Services) => _right with { Services = (Services)4 },
        nameof(Client.Country) => _right with { Country = "de" },
        nameof(Client.Channel) => _right with { Channel = "phone" },
        nameof(Client.City) => _right with { City = null! },
        nameof(Client.User) => _right with { User = null! },
        nameof(Client.Embedding) => _right with { Embedding = new float[2] },
        nameof(Client.Sketch) => _right with { Sketch = new double[3] },
        nameof(Client.Signal) => _right with { Signal = default },
        _ => _right with { Load = double.NaN },
    };
}
