namespace SoftmaxGen.Tests.Online;

/// <summary>Customers who leave or stay: <see cref="OnlineStream.Churn"/>.</summary>
[SoftmaxModel(Classes = 2, Features = 21)]
public sealed partial class ChurnModel;
