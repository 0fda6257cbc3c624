namespace SoftmaxGen.MpiProbe;

/// <summary>A shape whose Hessian is large enough to be summed rank by rank.</summary>
[SoftmaxModel(Classes = 10, Features = 16)]
public sealed partial class ProbeModel;
