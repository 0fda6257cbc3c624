using SoftmaxGen;

namespace TrainThenBake;

/// <summary>Where a message to the support desk belongs.</summary>
internal enum Desk
{
    Billing,
    Technical,
    Sales,
}

/// <summary>What is counted in a message.</summary>
/// <param name="Invoices">Words about invoices and payments.</param>
/// <param name="Failures">Words about failures.</param>
/// <param name="Products">Names of products.</param>
/// <param name="Questions">Question marks.</param>
internal readonly record struct Message(int Invoices, int Failures, int Products, int Questions);

/// <summary>The desk of a message. The weights are those of the file, once there is one.</summary>
[SoftmaxModel<Desk, Message>(Weights = "desk.softmax.json", WeightsOptional = true)]
internal sealed partial class DeskModel;
