using System.Text.Json.Serialization;
using SoftmaxGen;

namespace ChurnService;

internal enum Churn
{
    Stays,
    Leaves,
}

internal enum Contract
{
    Monthly,
    OneYear,
    TwoYears,
}

internal enum Internet
{
    None,
    Dsl,
    Fiber,
}

/// <summary>A client of a telephone company, as a request brings it.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Internet">The kind of connection.</param>
/// <param name="IsSenior">Whether the client is 65 or older.</param>
/// <param name="HasSupport">Whether the client pays for support.</param>
/// <param name="Tenure">For how many months the client has been one; the first year counts otherwise than the rest.</param>
/// <param name="Monthly">What the client pays a month.</param>
/// <param name="Calls">How often the client called the hotline last month; null where nobody counted.</param>
[method: JsonConstructor]
internal readonly record struct Client(
    Contract Contract, Internet Internet, bool IsSenior, bool HasSupport, [Knots(12)] double Tenure, double Monthly, double? Calls = null);

/// <summary>What became of a client.</summary>
/// <param name="Client">The client.</param>
/// <param name="Churn">Whether the client stayed.</param>
[method: JsonConstructor]
internal readonly record struct Outcome(Client Client, Churn Churn);

/// <summary>What the service answers.</summary>
/// <param name="Churn">What is more probable.</param>
/// <param name="Leaves">The probability that the client leaves.</param>
internal readonly record struct Prediction(Churn Churn, double Leaves);

/// <summary>Whether a client stays. The rest of the class is generated.</summary>
[SoftmaxModel<Churn, Client>]
internal sealed partial class ChurnModel
{
    /// <summary>Predicts one client. Nothing is allocated.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The answer.</returns>
    public Prediction Answer(in Client client)
    {
        Span<double> probabilities = stackalloc double[Classes];
        PredictProbabilities(in client, probabilities);
        double leaves = probabilities[(int)Churn.Leaves];
        return new Prediction(leaves > 0.5 ? Churn.Leaves : Churn.Stays, leaves);
    }
}
