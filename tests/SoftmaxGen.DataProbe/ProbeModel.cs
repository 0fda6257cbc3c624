namespace SoftmaxGen.DataProbe;

/// <summary>Two classes of seventeen features.</summary>
[SoftmaxModel(Classes = 2, Features = 17)]
public sealed partial class ProbeModel;
