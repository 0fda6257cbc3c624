using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The vector operations that predictions use beyond those of the stages.</summary>
internal sealed class PredictionOperationsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _scalar = plan.Scalar;
    private readonly string _static = $"{Names.Intrinsics}.Vector{width.Bits}";
    private readonly string _vector = $"{Names.Intrinsics}.Vector{width.Bits}<{plan.Scalar}>";

    public void Emit()
    {
        Emit(_vector, $"Larger({_vector} a, {_vector} b)", $"{_static}.MaxNative(a, b)");
        Emit(_vector, $"Smaller({_vector} a, {_vector} b)", $"{_static}.MinNative(a, b)");
        Emit(_vector, $"Equal({_vector} a, {_vector} b)", $"{_static}.Equals(a, b)");
        Emit(_vector, $"Greater({_vector} a, {_vector} b)", $"{_static}.GreaterThan(a, b)");
        Emit(_vector, $"Where({_vector} condition, {_vector} a, {_vector} b)", $"{_static}.ConditionalSelect(condition, a, b)");
        Emit(_scalar, $"Largest({_vector} value)", $"{Names.Numerics}.LaneReduction.Largest(value)");
        Emit(_scalar, $"Total({_vector} value)", $"{Names.Numerics}.LaneReduction.Sum(value)");
        Emit(_vector, $"ExpOrZero({_vector} value)", $"{Names.Numerics}.FlushedExp.Of(value)");
        Emit(_vector, "MostDistance()", $"{_static}.Create(-{Names.Numerics}.FlushedExp.{(plan.ScalarBytes == sizeof(double) ? "Double" : "Single")}Least)");
        Emit(_vector, $"ExpOfDistance({_vector} value)", $"Exp(value * {_static}.Create(({_scalar})Scale))");
        Emit("ulong", $"LanesOf({_vector} value, {_scalar} key)", $"{_static}.ExtractMostSignificantBits({_static}.Equals(value, {_static}.Create(key)))");

        // 0 * s is 0 for a finite s and NaN for any other.
        Emit("bool", $"AllFinite({_vector} value)", $"{_static}.EqualsAll(value * {_vector}.Zero, {_vector}.Zero)");
        if (plan.TakesRowsAsTheyStand(width))
        {
            EmitStandingRows();
        }
    }

    // Vectors of which each lane, or each lane of a half, is a chain.
    private void EmitStandingRows()
    {
        string lanes = $"{Names.Support}.RowLanes";
        bool isHalf = width.Lanes > PredictionPlan.MostChains;
        string load = isHalf ? $"{lanes}.LoadHalves(ref source, index, index + {2 * plan.Features})" : "Load(ref source, index)";
        string repeat = isHalf ? $"{lanes}.LoadHalves(ref source, index, index)" : "Load(ref source, index)";
        Emit(_vector, $"LoadRows(ref {_scalar} source, nuint index)", load);
        Emit(_vector, $"LoadWeights(ref {_scalar} source, nuint index)", repeat);
        Emit(_vector, $"SumChains({_vector} a, {_vector} b, {_vector} c, {_vector} d)", $"{lanes}.SumChains(a, b, c, d)");
        Emit(_vector, "FirstChain()", Mask(static chain => chain == 0));
        int rest = plan.Features % PredictionPlan.MostChains;
        if (rest > 0)
        {
            Emit(_vector, "LastChains()", Mask(chain => chain < rest));
            Emit(_vector, $"Turn({_vector} value)", $"{_static}.Shuffle(value, {_static}.Create({Turned(rest)}))");
        }
    }

    private string Mask(Func<int, bool> isSet) => $"{_static}.AsDouble({_static}.Create({EachLane(lane => isSet(lane % PredictionPlan.MostChains) ? -1 : 0)}))";

    // Chain 0 takes the first of the features that are left, which are the last lanes of theirs.
    private string Turned(int rest) => EachLane(lane =>
        (lane / PredictionPlan.MostChains * PredictionPlan.MostChains) + ((lane + PredictionPlan.MostChains - rest) % PredictionPlan.MostChains));

    private string EachLane(Func<int, int> value) => string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => $"{value(lane)}L"));

    private void Emit(string result, string signature, string body)
    {
        writer.BlankLine();
        writer.Write($"""
            {Names.Inline}
            private static {result} {signature} =>
                {body};
            """);
    }
}
