using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The operations of batches whose rows are taken as they stand, and that depend on the shape.</summary>
internal sealed class StandingOperationsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, StandingBatch form)
{
    private const int Chains = StandingBatch.Chains;

    private readonly string _scalar = plan.Scalar;
    private readonly string _static = $"Vector{width.Bits}";

    // Vectors of which each lane, or each lane of a half, is a chain.
    public void Emit()
    {
        const string Half = "Vector256.LoadUnsafe(ref source, index)";
        string repeat = form.RowsPerVector == 2 ? $"RowLanes.JoinHalves({Half}, {Half})" : "Load(ref source, index)";
        Emit($"LoadWeights(ref {_scalar} source, nuint index)", repeat);
        Emit("SumChains(Vector a, Vector b, Vector c, Vector d)", "RowLanes.SumChains(a, b, c, d)");
        Emit("FirstChain()", Mask(static chain => chain == 0));
        if (form.Rest > 0)
        {
            Emit("LastChains()", Mask(chain => chain < form.Rest));
            Emit("Turn(Vector value)", $"{_static}.Shuffle(value, {_static}.Create({Turned()}))");
        }
    }

    private string Mask(Func<int, bool> isSet) => $"{_static}.AsDouble({_static}.Create({EachLane(lane => isSet(lane % Chains) ? -1 : 0)}))";

    // Chain 0 takes the first of the features that are left, which are the last lanes of theirs.
    private string Turned() => EachLane(lane => (lane / Chains * Chains) + ((lane + Chains - form.Rest) % Chains));

    private string EachLane(Func<int, int> value) => string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => $"{value(lane)}L"));

    private void Emit(string signature, string body)
    {
        writer.BlankLine();
        writer.Write($"""
            {KernelText.Inline}
            private static Vector {signature} => {body};
            """);
    }
}
