using SoftmaxGen;

namespace Cluster;

/// <summary>Ten kinds of signals by sixteen measurements.</summary>
[SoftmaxModel(Classes = 10, Features = 16)]
public sealed partial class SignalModel;
