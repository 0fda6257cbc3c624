using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>The importance of a member is what the evaluation loses when the rows change that member among them and are encoded again.</summary>
public class MemberImportanceTests
{
    private static readonly Client[] _clients = ClientSample.Make(120, seed: 8);
    private static readonly Plan[] _labels = [.. _clients.Select(static (client, row) => (Plan)(((int)client.Contract + row) % 3))];

    /// <summary>Gets members and how a client gets that of another one.</summary>
    internal static IReadOnlyDictionary<string, Func<Client, Client, Client>> Members { get; } = new Dictionary<string, Func<Client, Client, Client>>
    {
        [nameof(Client.Tenure)] = static (to, from) => to with { Tenure = from.Tenure },
        [nameof(Client.Charges)] = static (to, from) => to with { Charges = from.Charges },
        [nameof(Client.Contract)] = static (to, from) => to with { Contract = from.Contract },
        [nameof(Client.Internet)] = static (to, from) => to with { Internet = from.Internet },
        [nameof(Client.Services)] = static (to, from) => to with { Services = from.Services },
        [nameof(Client.Country)] = static (to, from) => to with { Country = from.Country },
        [nameof(Client.Usage)] = static (to, from) => to with { Usage = from.Usage },
        [nameof(Client.User)] = static (to, from) => to with { User = from.User },
        [nameof(Client.Embedding)] = static (to, from) => to with { Embedding = from.Embedding },
    };

    [Fact]
    public void A_member_is_shuffled_with_all_its_columns_and_the_products_with_them()
    {
        ClientPlanModel model = ClientPlanModel.Train(_clients, _labels, new TrainingOptions { L2 = 0.05 }).Model;
        using TrainingSet<ClientPlanModel, double> set = ClientPlanModel.CreateTrainingSet(_clients, _labels);
        double[] features = Encode(_clients);
        int[] numbers = [.. _labels.Select(static label => (int)label)];
        int[][] orders = [.. Enumerable.Range(0, 3).Select(seed => Order(seed))];

        IReadOnlyList<PermutationImportance> importances = ImportanceExtensions.Permute(
            model, LabelledRows<double>.Check(features, numbers, default, ClientPlanModel.Shape), 3, (_, repeat) =>
                orders[repeat], ClientPlanModel.Shape.FeatureGroups);

        Assert.Equal(ClientPlanModel.Shape.FeatureGroups.Select(static group => group.Name), importances.Select(static one => one.Name));
        double loss = model.Evaluate(_clients, _labels).LogLoss;
        foreach ((string member, Func<Client, Client, Client> change) in Members)
        {
            double[] increases =
                [.. orders.Select(order => model.Evaluate([.. _clients.Select((client, row) => change(client, _clients[order[row]]))], _labels).LogLoss - loss)];
            Assert.Equal(increases.Average(), importances.Single(one => one.Name == member).LogLossIncrease, 14);
        }

        // Those of the public members come by shuffles of their own.
        Assert.Equal(model.PermutationImportanceByGroup(features, numbers, 2, 3), model.PermutationImportanceByGroup(set, 2, 3));
        Assert.NotEqual(model.PermutationImportanceByGroup(set, 2, 3), model.PermutationImportanceByGroup(set, 2, 4));
        Assert.Throws<ArgumentOutOfRangeException>("repeats", () => model.PermutationImportanceByGroup(set, 0));
    }

    [Fact]
    public void A_cross_is_shuffled_apart_from_its_members()
    {
        ClientPlanModel model = ClientPlanModel.FromWeights([.. Enumerable.Range(0, ClientPlanModel.ParameterCount).Select(static i => Math.Sin(i))]);
        FeatureGroup cross = ClientPlanModel.Shape.FeatureGroups.Single(static group => group.Name == "Services*Country");
        int[] order = Order(5);
        double[] features = Encode(_clients);
        double[] shuffled = [.. features];
        for (int row = 0; row < order.Length; row++)
        {
            features.AsSpan((order[row] * ClientPlanModel.Features) + cross.First, cross.Count)
                .CopyTo(shuffled.AsSpan((row * ClientPlanModel.Features) + cross.First));
        }

        PermutationImportance importance = ImportanceExtensions.Permute(
            model,
            LabelledRows<double>.Check(features, [.. _labels.Select(static label => (int)label)], default, ClientPlanModel.Shape),
            1,
            (_, _) => order,
            ClientPlanModel.Shape.FeatureGroups).Single(one => one.Name == cross.Name);

        Assert.Equal(model.Evaluate(shuffled, _labels).LogLoss - model.Evaluate(features, _labels).LogLoss, importance.LogLossIncrease, 14);
        Assert.NotEqual(0, importance.LogLossIncrease);
    }

    [Fact]
    public void Factors_are_told_of_crosses_alone()
    {
        FeatureGroup[] groups = [.. ClientPlanModel.Shape.FeatureGroups];
        Assert.All(
            groups, group => Assert.Equal(group.Name, group.Factors is var (first, second) ? $"{groups[first].Name}*{groups[second].Name}" : group.Name));
        Assert.Equal(5, groups.Count(static group => group.Factors is not null));
        Assert.All(groups, static group => Assert.Equal(group.Factors is not null, group.Name.Contains('*', StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_row_type_each_feature_is_a_group()
    {
        double[] rows = [1, 2, 3, 4, 2, 1, 0, 5, 3, 3, 3, 1];
        Double3x4 model = Double3x4.FromWeights([.. Enumerable.Range(0, 15).Select(static i => Math.Cos(i))]);

        Assert.Equal(model.PermutationImportance(rows, [0, 1, 2]), model.PermutationImportanceByGroup(rows, [0, 1, 2]));
    }

    private static int[] Order(int seed)
    {
        int[] order = [.. Enumerable.Range(0, _clients.Length)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private static double[] Encode(Client[] clients)
    {
        double[] features = new double[clients.Length * ClientPlanModel.Features];
        for (int row = 0; row < clients.Length; row++)
        {
            ClientPlanModel.CopyFeatures(clients[row], features.AsSpan(row * ClientPlanModel.Features, ClientPlanModel.Features));
        }

        return features;
    }
}
