namespace SoftmaxGen.TestModels.Typed;

/// <summary>An enum over int from 0.</summary>
public enum Species
{
    Setosa,
    Versicolor,
    Virginica,
}

/// <summary>A row of one kind of member, with its label.</summary>
public readonly record struct Flower(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth, [Label] Species Species);

/// <summary>The same as a class.</summary>
public sealed class FlowerClass
{
    public double SepalLength { get; init; }

    public double SepalWidth { get; init; }

    public double PetalLength { get; init; }

    public double PetalWidth { get; init; }

    [Label]
    public Species Species { get; init; }
}

[SoftmaxModel<Species>(Features = 4)]
public sealed partial class SpeciesModel;

[SoftmaxModel<Species, Flower>]
public sealed partial class FlowerModel;

[SoftmaxModel<Species, FlowerClass>]
public sealed partial class FlowerClassModel;

[SoftmaxModel<Species, Flower>(MissingValues = MissingValues.Propagate)]
public sealed partial class PropagatingFlowerModel;

[SoftmaxModel<Species, Flower>(Precision = SoftmaxPrecision.Single)]
public sealed partial class SingleFlowerModel;
