using System.Globalization;
using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>
/// Encodes a client as its columns are named, one by one and by their names alone: what <c>Age[18,25)</c> says is what is computed, wherever the column lies.
/// </summary>
internal static class PlainEncoder
{
    private static readonly string[] _members =
    [
        .. typeof(Client).GetProperties().Select(static member => member.Name).OrderByDescending(static name => name.Length),
    ];

    /// <summary>Encodes a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <returns>A value for each column.</returns>
    public static double[] Encode(Client client, IEnumerable<string> columns) =>
        [.. columns.Select(column => column.Split('*').Aggregate(1.0, (product, factor) => product * Value(client, factor)))];

    /// <summary>Hashes bytes as the documentation of the attribute says.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The column and the sign.</returns>
    public static (int Column, int Sign) Hash(byte[] bytes, int columns)
    {
        System.UInt128 modulus = System.UInt128.One << 64;
        System.UInt128 hash = 0xCBF29CE484222325;
        foreach (byte unit in bytes)
        {
            hash = (hash ^ unit) * 0x100000001B3 % modulus;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9 % modulus;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB % modulus;
        hash ^= hash >> 31;
        return ((int)((hash % (System.UInt128.One << 32)) * (uint)columns >> 32), hash >> 63 == 1 ? -1 : 1);
    }

    private static double Value(Client client, string column)
    {
        string member = _members.First(name => column.StartsWith(name, StringComparison.Ordinal));
        string rest = column[member.Length..];
        return member switch
        {
            nameof(Client.Tenure) => client.Tenure,
            nameof(Client.Charges) => Optional((double?)client.Charges, rest),
            nameof(Client.Score) => Optional(double.IsNaN(client.Score) ? null : client.Score, rest),
            nameof(Client.Rating) => Optional(client.Rating is { } rating && !float.IsNaN(rating) ? rating : null, rest),
            nameof(Client.IsSenior) => Flag(client.IsSenior),
            nameof(Client.HasPartner) => Optional(client.HasPartner is { } partner ? Flag(partner) : null, rest),
            nameof(Client.Contract) => Level(client.Contract.ToString(), rest),
            nameof(Client.Internet) => Level(client.Internet is { } internet ? InternetName(internet) : null, rest),
            nameof(Client.Region) => Level(client.Region.ToString(), rest),
            nameof(Client.Mood) => Level(client.Mood.ToString(), rest),
            nameof(Client.Services) => Flag(client.Services.HasFlag(Enum.Parse<Services>(rest[1..]))),
            nameof(Client.Country) => Level(client.Country, rest),
            nameof(Client.Channel) => Level(client.Channel, rest, StringComparison.OrdinalIgnoreCase),
            nameof(Client.City) => Level(client.City, rest),
            nameof(Client.Age) => Interval(client.Age, rest),
            nameof(Client.Usage) => Interval(client.Usage, rest),
            nameof(Client.Load) => Knot(client.Load, rest),
            nameof(Client.Speed) => rest == "?" ? Flag(client.Speed is null) : client.Speed is { } speed ? Knot((double)speed, rest) : 0,
            nameof(Client.User) => Hashed(client.User, 8, rest),
            nameof(Client.Device) => Hashed(client.Device, 4, rest),
            nameof(Client.Shop) => Hashed(BitConverter.GetBytes(client.Shop), 5, rest),
            nameof(Client.Embedding) => client.Embedding[Index(rest)],
            nameof(Client.Sketch) => rest == "?" ? Flag(client.Sketch is null) : client.Sketch?[Index(rest)] ?? 0,
            nameof(Client.Signal) => client.Signal.Span[Index(rest)],
            nameof(Client.Position) => client.Position[Index(rest)],
            _ => throw new InvalidOperationException(column),
        };
    }

    private static string InternetName(Internet internet) => internet switch
    {
        Internet.Fiber => "Fiber",
        Internet.None => "None",
        _ => "DSL line",
    };

    private static double Flag(bool value) => value ? 1 : 0;

    private static double Optional(double? value, string rest) => rest == "?" ? Flag(value is null) : value ?? 0;

    private static double Level(string? value, string rest, StringComparison comparison = StringComparison.Ordinal) =>
        Flag(rest == "?" ? value is null : value is not null && rest.Equals("=" + value, comparison));

    private static double Interval(double value, string rest)
    {
        if (rest == "?" || double.IsNaN(value))
        {
            return Flag(rest == "?" && double.IsNaN(value));
        }

        double[] edges = [.. rest.Trim('<', '>', '=', '[', ')').Split(',').Select(static edge => double.Parse(edge, CultureInfo.InvariantCulture))];
        return Flag(rest[0] switch
        {
            '<' => value < edges[0],
            '>' => value >= edges[0],
            _ => value >= edges[0] && value < edges[1],
        });
    }

    private static double Knot(double value, string rest) =>
        rest.Length == 0 ? value : Math.Max(0, value - double.Parse(rest[1..], CultureInfo.InvariantCulture));

    private static double Hashed(string? value, int columns, string rest) => rest == "?"
        ? Flag(value is null)
        : value is null ? 0 : Hashed([.. value.SelectMany(static unit => BitConverter.GetBytes(unit))], columns, rest);

    private static double Hashed(byte[] bytes, int columns, string rest) =>
        Hash(bytes, columns) is var (column, sign) && column == int.Parse(rest[1..], CultureInfo.InvariantCulture) ? sign : 0;

    private static int Index(string rest) => int.Parse(rest.Trim('[', ']'), CultureInfo.InvariantCulture);
}
