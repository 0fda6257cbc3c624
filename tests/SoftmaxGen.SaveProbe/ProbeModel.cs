namespace SoftmaxGen.SaveProbe;

/// <summary>A model whose file is large enough to be written in several pieces.</summary>
[SoftmaxModel(Classes = 20, Features = 200)]
public sealed partial class ProbeModel;
