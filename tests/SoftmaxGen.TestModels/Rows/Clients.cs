using System.Runtime.CompilerServices;

#pragma warning disable CA1008, CA1028, CA1069, CA1724, CA1815, CA1819 // Enums of all sorts, arrays and inline arrays are what is tested, by the names that users give them.

namespace SoftmaxGen.TestModels.Rows;

/// <summary>Two classes.</summary>
public enum Churn
{
    Stays,
    Leaves,
}

/// <summary>Three classes.</summary>
public enum Plan
{
    Basic,
    Standard,
    Premium,
}

/// <summary>An enum whose values follow one another.</summary>
public enum Contract
{
    Monthly,
    OneYear,
    TwoYears,
}

/// <summary>An enum with gaps, a negative value, an alias, a given name and another underlying type.</summary>
public enum Internet : sbyte
{
    Fiber = 9,
    None = -3,
    [ClassName("DSL line")]
    Dsl = 5,
    Adsl = 5,
}

/// <summary>An enum whose values follow one another from elsewhere than 0.</summary>
public enum Region : ulong
{
    North = ulong.MaxValue - 2,
    South = ulong.MaxValue - 1,
    East = ulong.MaxValue,
}

/// <summary>An enum that begins below 0.</summary>
public enum Mood : short
{
    Bad = -1,
    Neutral,
    Good,
}

/// <summary>Flags.</summary>
[Flags]
public enum Services : long
{
    None = 0,
    Phone = 1,
    Backup = 2,
    Television = 8,
    Everything = 11,
}

/// <summary>Three numbers in a row.</summary>
[InlineArray(3)]
public struct Triple
{
    private float _first;
}

/// <summary>A member of every kind.</summary>
/// <param name="Tenure">A number.</param>
/// <param name="Charges">A number that may be missing.</param>
/// <param name="Score">A number that is missing where it is NaN.</param>
/// <param name="Rating">Both.</param>
/// <param name="IsSenior">A bool.</param>
/// <param name="HasPartner">A bool that may be missing.</param>
/// <param name="Contract">Categories that are counted, without their baseline.</param>
/// <param name="Internet">Categories with gaps, which may be missing.</param>
/// <param name="Region">Categories beyond <see cref="int"/>; unknown ones are ignored.</param>
/// <param name="Mood">Categories that begin below 0; unknown ones are ignored.</param>
/// <param name="Services">Flags.</param>
/// <param name="Country">Strings.</param>
/// <param name="Channel">Strings, whatever their case, which may be missing.</param>
/// <param name="City">Strings, of which unknown ones are ignored; one is the baseline.</param>
/// <param name="Age">Intervals.</param>
/// <param name="Usage">Intervals that may be missing, without a baseline in the middle.</param>
/// <param name="Load">Slopes that change.</param>
/// <param name="Speed">Slopes that change, of a number that may be missing.</param>
/// <param name="User">Hashed text.</param>
/// <param name="Device">Hashed text that may be missing.</param>
/// <param name="Shop">A hashed number.</param>
/// <param name="Embedding">An array.</param>
/// <param name="Sketch">An array that may be missing.</param>
/// <param name="Signal">Memory.</param>
/// <param name="Position">An inline array.</param>
/// <param name="Noted">No feature.</param>
[Cross(nameof(Contract), nameof(Internet))]
[Cross(nameof(Charges), nameof(Mood))]
[Cross(nameof(Services), nameof(Country))]
[Cross(nameof(Tenure), nameof(Charges))]
[Cross(nameof(User), nameof(Shop))]
public sealed record Client(
    int Tenure,
    decimal? Charges,
    [Feature(Missing = MissingValue.NaN)] double Score,
    [Feature(Missing = MissingValue.NaN)] float? Rating,
    bool IsSenior,
    bool? HasPartner,
    [Feature(Baseline = Contract.OneYear)] Contract Contract,
    Internet? Internet,
    [Feature(Unknown = UnknownValues.Ignore)] Region Region,
    [Feature(Unknown = UnknownValues.Ignore, Baseline = Mood.Bad)] Mood Mood,
    Services Services,
    [Categories("DE", "FR", "IT")] string Country,
    [Categories("web", "shop", IgnoreCase = true)] string? Channel,
    [Categories("Rome", "Paris \"east\"", "Köln"), Feature(Unknown = UnknownValues.Ignore, Baseline = "Köln")] string City,
    [Buckets(18, 25, 35.5)] int Age,
    [Buckets(-1, 0), Feature(Baseline = -0.5, Missing = MissingValue.NaN)] double Usage,
    [Knots(-0.5, 2)] double Load,
    [Knots(10)] Half? Speed,
    [Hashed(8)] string User,
    [Hashed(4)] string? Device,
    [Hashed(5)] long Shop,
    [Columns(3)] float[] Embedding,
    [Columns(2)] double[]? Sketch,
    [Columns(2)] ReadOnlyMemory<int> Signal,
    [Columns(3)] Triple Position,
    [Feature(Ignore = true)] DateTime Noted);

/// <summary>Members without lookups, some of which may be missing.</summary>
[Cross(nameof(X), nameof(Y))]
public readonly record struct Blanks(double? X, [Feature(Missing = MissingValue.NaN)] float Y, bool? Z, Services Services, [Knots(0.25)] double W);

/// <summary>Few columns for its terms: predictions go by features.</summary>
public readonly record struct Switch(double X, [Feature(Baseline = Mood.Neutral)] Mood Mood, [Label] Plan Plan);

/// <summary>More lookups than numbers, in a row without a reference.</summary>
public readonly record struct Deal(double A, float B, int C, Contract D, Mood E, Internet F, [Buckets(1, 2, 3, 4, 5, 6, 7, 8, 9)] double G, [Label] int Label);

[SoftmaxModel<Churn, Client>]
public sealed partial class ClientChurnModel;

[SoftmaxModel<Plan, Client>]
public sealed partial class ClientPlanModel;

[SoftmaxModel<Plan, Client>(Precision = SoftmaxPrecision.Single)]
public sealed partial class SingleClientPlanModel;

[SoftmaxModel<DayOfWeek, Client>]
public sealed partial class ClientDayModel;

[SoftmaxModel<Churn, Client>(Precision = SoftmaxPrecision.Single)]
public sealed partial class SingleClientChurnModel;

[SoftmaxModel<Plan, Client>(MissingValues = MissingValues.Propagate)]
public sealed partial class PropagatingClientModel;

[SoftmaxModel<Plan, Blanks>]
public sealed partial class BlanksModel;

[SoftmaxModel<Plan, Switch>]
public sealed partial class SwitchModel;

[SoftmaxModel<Churn, Deal>]
public sealed partial class DealModel;

[SoftmaxModel<ConsoleKey, Deal>]
public sealed partial class DealKeyModel;
