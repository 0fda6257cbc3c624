using System.Globalization;

namespace ChurnLoadTest;

/// <summary>Clients as JSON.</summary>
internal static class Clients
{
    /// <summary>Makes clients up.</summary>
    /// <param name="count">Their number.</param>
    /// <returns>The clients, the same each time.</returns>
    public static string[] Make(int count)
    {
        var random = new Random(5);
        string[] contracts = ["Monthly", "OneYear", "TwoYears"];
        string[] internet = ["None", "Dsl", "Fiber"];
        return [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture,
            $$"""{"contract":"{{contracts[random.Next(3)]}}","internet":"{{internet[random.Next(3)]}}","isSenior":false,"hasSupport":true,"tenure":{{random.Next(73)}},"monthly":{{random.Next(20, 100)}},"calls":{{(random.Next(5) == 0 ? "null" : random.Next(6))}}}"""))];
    }

    /// <summary>Makes an outcome.</summary>
    /// <param name="client">The client.</param>
    /// <param name="leaves">Whether the client left.</param>
    /// <returns>The JSON.</returns>
    public static string Outcome(string client, bool leaves) => $$"""{"client":{{client}},"churn":"{{(leaves ? "Leaves" : "Stays")}}"}""";
}
