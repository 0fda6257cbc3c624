namespace SoftmaxGen.TestModels.Typed;

/// <summary>Two classes whose values are apart, so that their model lists them.</summary>
internal enum Verdict : ushort
{
    Good = 3,
    Faulty = 700,
}

/// <summary>A row that is a class, without its label.</summary>
internal class Part
{
    public double Width { get; init; }

    public double Height { get; init; }

    public bool IsPolished { get; init; }
}

/// <summary>A row of a type that is derived from that of the model.</summary>
internal sealed class SerialPart : Part;

[SoftmaxModel<Verdict, Part>]
internal sealed partial class PartModel;

[SoftmaxModel<Verdict, Part>(Precision = SoftmaxPrecision.Single)]
internal sealed partial class SinglePartModel;

[SoftmaxModel<Verdict, Part>(MissingValues = MissingValues.Propagate)]
internal sealed partial class PropagatingPartModel;

[SoftmaxModel(Classes = 2, Features = 3, Labels = new[] { 1, -1 }, ClassNames = new[] { "good", "faulty" })]
internal sealed partial class SignModel;
