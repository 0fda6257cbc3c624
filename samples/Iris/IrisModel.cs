using SoftmaxGen;

namespace Iris;

/// <summary>The species of a flower from its measurements. The rest of the class is generated.</summary>
[SoftmaxModel<Species, Flower>]
internal sealed partial class IrisModel;
