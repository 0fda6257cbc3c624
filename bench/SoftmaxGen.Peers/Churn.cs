using static System.Globalization.CultureInfo;

namespace SoftmaxGen.Peers;

// The job of docs/coming-from-mlnet.md, as it stands there.
public enum Churn { Stays, Leaves }

public enum Lines { None, One, Several }

public enum Internet { None, Dsl, Fiber }

public enum Support { None, Basic, Premium }

public enum Contract { Monthly, OneYear, TwoYears }

public enum Payment { Check, Card, Transfer, Invoice }

public sealed record Client(
    bool IsMale, bool IsSenior, bool HasPartner, bool HasDependents, bool HasPhone, bool HasSecurity, bool HasBackup, bool HasProtection, bool HasTv,
    bool HasMovies, bool IsPaperless, Lines Lines, Internet Internet, Support Support, Contract Contract, Payment Payment,
    double Tenure, double Monthly, double? Total, [Label] Churn Churn)
{
    public static Client Parse(string line)
    {
        string[] x = line.Split(',');
        return new Client(
            Flag(0), Flag(1), Flag(2), Flag(3), Flag(4), Flag(5), Flag(6), Flag(7), Flag(8), Flag(9), Flag(10),
            Enum.Parse<Lines>(x[11]), Enum.Parse<Internet>(x[12]), Enum.Parse<Support>(x[13]), Enum.Parse<Contract>(x[14]), Enum.Parse<Payment>(x[15]),
            Number(16), Number(17), x[18].Length == 0 ? null : Number(18), Enum.Parse<Churn>(x[19]));

        bool Flag(int i) => x[i] == "1";
        double Number(int i) => double.Parse(x[i], InvariantCulture);
    }
}

[SoftmaxModel<Churn, Client>]
public sealed partial class ChurnModel;

public static class ChurnJob
{
    public static double Run(string csv, string modelFile)
    {
        Client[] clients = [.. File.ReadLines(csv).Skip(1).Select(Client.Parse)];
        TrainingResult<ChurnModel> fit = ChurnModel.Train([.. clients.Where((_, i) => i % 5 != 0)]);
        Evaluation evaluation = fit.Model.Evaluate([.. clients.Where((_, i) => i % 5 == 0)]);
        fit.Save(modelFile);

        double[] columns = new double[ChurnModel.Features];
        double[] members = new double[ChurnModel.Shape.FeatureGroups.Count];
        Explanation<Churn, double> why = fit.Model.Explain(clients[0], columns);
        ChurnModel.Shape.SumByGroup<double>(columns, members);
        Console.WriteLine($"{why.Label}: {string.Join(", ", ChurnModel.Shape.FeatureGroups.Zip(members, (group, part) => $"{group.Name} {part:F2}"))}");
        return evaluation.LogLoss;
    }
}
