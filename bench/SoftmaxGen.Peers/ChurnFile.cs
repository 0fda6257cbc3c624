using System.Globalization;
using System.Text;

namespace SoftmaxGen.Peers;

/// <summary>A file of made-up clients of a telephone company: 19 columns, categories and blanks among them, and whether the client leaves.</summary>
internal static class ChurnFile
{
    private const int RowCount = 7000;

    private static readonly string[] _lines = ["None", "One", "Several"];
    private static readonly string[] _internet = ["None", "Dsl", "Fiber"];
    private static readonly string[] _support = ["None", "Basic", "Premium"];
    private static readonly string[] _contracts = ["Monthly", "OneYear", "TwoYears"];
    private static readonly string[] _payments = ["Check", "Card", "Transfer", "Invoice"];

    /// <summary>Writes the file, the same each time.</summary>
    /// <param name="path">Its path.</param>
    public static void Write(string path)
    {
        var random = new Random(19);
        var text = new StringBuilder("IsMale,IsSenior,HasPartner,HasDependents,HasPhone,HasSecurity,HasBackup,HasProtection,HasTv,HasMovies,IsPaperless,")
            .AppendLine("Lines,Internet,Support,Contract,Payment,Tenure,Monthly,Total,Churn");
        for (int row = 0; row < RowCount; row++)
        {
            text.AppendLine(Line(random));
        }

        File.WriteAllText(path, text.ToString());
    }

    private static string Line(Random random)
    {
        int[] flags = [.. Enumerable.Range(0, 11).Select(_ => random.Next(2))];
        int internet = random.Next(3);
        int contract = random.Next(3);
        int payment = random.Next(4);
        int support = random.Next(3);
        int tenure = random.Next(73);
        double monthly = 20 + (25 * internet) + (5 * flags[8]) + (10 * random.NextDouble());
        string total = random.Next(20) == 0 ? "" : (monthly * tenure).ToString("F2", CultureInfo.InvariantCulture);
        double score = (1.2 * internet) - (1.4 * contract) - (0.05 * tenure) + (0.4 * flags[1]) - (0.5 * flags[5]) - (0.4 * support) + (payment == 0 ? 0.6 : 0)
            + (total.Length == 0 ? 0.8 : 0) + 1.2;
        string label = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? "Leaves" : "Stays";
        string[] fields =
        [
            .. flags.Select(static flag => flag.ToString(CultureInfo.InvariantCulture)),
            _lines[random.Next(3)], _internet[internet], _support[support], _contracts[contract], _payments[payment],
            tenure.ToString(CultureInfo.InvariantCulture), monthly.ToString("F2", CultureInfo.InvariantCulture), total, label,
        ];
        return string.Join(',', fields);
    }
}
