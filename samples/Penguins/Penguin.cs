using System.Globalization;
using SoftmaxGen;

namespace Penguins;

/// <summary>The species, which are the classes of the model.</summary>
internal enum Species
{
    Adelie,
    Chinstrap,
    Gentoo,
}

/// <summary>The island where a penguin was seen: a category.</summary>
internal enum Island
{
    Biscoe,
    Dream,
    Torgersen,
}

/// <summary>The sex of a penguin.</summary>
internal enum Sex
{
    Female,
    Male,
}

/// <summary>A penguin as it was measured. What may be missing is nullable: the model learns what a blank counts.</summary>
internal sealed record Penguin(
    Island Island,
    [Feature(Name = "bill length (mm)")] double? BillLength,
    [Feature(Name = "bill depth (mm)")] double? BillDepth,
    [Feature(Name = "flipper length (mm)")] double? FlipperLength,
    [Feature(Name = "body mass (g)")] double? BodyMass,
    Sex? Sex,
    [Label] Species Species)
{
    /// <summary>Reads a line of comma-separated values, in which a blank is <c>NA</c>.</summary>
    public static Penguin Parse(string line)
    {
        string[] fields = line.Split(',');
        double?[] measures = [.. fields[2..6].Select(static field => field == "NA" ? (double?)null : double.Parse(field, CultureInfo.InvariantCulture))];
        Sex? sex = fields[6] == "NA" ? null : Enum.Parse<Sex>(fields[6], ignoreCase: true);
        return new Penguin(Enum.Parse<Island>(fields[1]), measures[0], measures[1], measures[2], measures[3], sex, Enum.Parse<Species>(fields[0]));
    }
}

/// <summary>The species of a penguin. The rest of the class is generated.</summary>
[SoftmaxModel<Species, Penguin>]
internal sealed partial class PenguinModel;
