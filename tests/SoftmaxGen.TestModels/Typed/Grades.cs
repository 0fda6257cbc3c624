namespace SoftmaxGen.TestModels.Typed;

/// <summary>An enum over a wide type, from 1.</summary>
internal enum Grade : long
{
    Pass = 1,
    Merit,
    Distinction,
}

/// <summary>A row in a generic type, with members of a base class, an order, members left out and names that are keywords.</summary>
/// <typeparam name="T">The type of some members.</typeparam>
internal static class Exams<T>
{
    internal abstract class Paper
    {
        public T? First { get; init; }

        public virtual double Replaced => 10;

        public double Hidden { get; } = 20;
    }

    internal sealed class Script : Paper
    {
        public required T @class { get; init; }

        public override double Replaced => 11;

        public new float Hidden { get; } = 21;

        [Feature(Order = 7)]
        public int Seventh { get; init; }

        [Feature(Ignore = true)]
        public string? Name { get; init; }

        [Feature(Order = -1)]
        public long Minus { get; init; }

        [Label]
        public int Grade { get; init; }
    }
}

[SoftmaxModel<Grade, Exams<double>.Script>]
internal sealed partial class GradeModel;

[SoftmaxModel<Grade>(Features = 2, MissingValues = MissingValues.Propagate)]
internal sealed partial class PropagatingGradeModel;

[SoftmaxModel(Classes = 2, Features = 2, FirstLabel = 5, FeatureNames = new[] { "width", "height" }, ClassNames = new[] { "no", "yes" })]
internal sealed partial class NamedModel;
