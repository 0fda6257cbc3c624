using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The drivers of prediction: the choice of the vector width, and the tiles of a batch.</summary>
internal sealed class PredictionDriverEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly DispatchEmitter _dispatch = new(writer, plan);
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly PredictionPlan _prediction = plan.Prediction;

    public void Emit()
    {
        if (_prediction.Difference is null)
        {
            RowPredictionEmitter.EmitDispatch(writer, plan, RowKernel.All, static _ => RowKernel.All);
            if (plan.Rows is { PredictsTerms: true })
            {
                writer.BlankLine();
                RowPredictionEmitter.EmitDispatch(writer, plan, RowKernel.Terms, static _ => RowKernel.Terms, TermSumsEmitter.ColumnsParameter);
            }
        }
        else
        {
            EmitDifferenceKernels(_prediction.Difference);
            if (plan.Rows is { PredictsTerms: true } rows)
            {
                writer.BlankLine();
                new TermDifferenceEmitter(writer, plan, rows, _prediction.Difference).Emit();
            }
        }

        if (_prediction.TileBlocks > 0)
        {
            writer.BlankLine();
            EmitStages();
        }
    }

    // Every member tells two classes apart by one number, and by the scores where it is beyond its range.
    private void EmitDifferenceKernels(DifferencePlan difference)
    {
        string span = $"MemoryMarshal.CreateReadOnlySpan";
        string weights = $"{span}(ref Unsafe.Add(ref w, {difference.BiasIndex + 1}), {2 * plan.Columns})";
        string parameters = $"{_ref} x, {_ref} w";
        (int widest, string kernel) = difference.LoadsOneByOne
            ? (difference.OneByOneBits(plan.Shape), "DifferenceOneByOne")
            : (_prediction.WidestBits, "Difference");
        _dispatch.Emit(_scalar, "DifferenceInRange", parameters, widest, bits => $"{KernelShell.Width(bits)}.{kernel}");

        string check = _prediction.ChecksScores ? $"{_scalar}.IsFinite(t)" : "true";
        writer.BlankLine();
        writer.Write($$"""
            {{KernelText.NoInline}}
            private static {{_scalar}} DifferenceOfScores({{_ref}} x, {{_ref}} w, {{_scalar}} t) =>
                TwoClassScores.Difference<{{_scalar}}>({{weights}}, {{span}}(ref x, {{plan.Features}}), t);

            // S_1 - S_0; not finite when a score is not.
            {{KernelText.Inline}}
            internal static {{_scalar}} Difference({{_ref}} x, {{_ref}} w)
            {
                {{_scalar}} t = DifferenceInRange(ref x, ref w);
                return {{_scalar}}.IsFinite(t) ? t : DifferenceOfScores(ref x, ref w, t);
            }

            // A tie goes to class 0; -1 when the difference is beyond its range, and the scores must tell.
            {{KernelText.Inline}}
            public static int RowBestInRange({{_ref}} x, {{_ref}} w)
            {
                {{_scalar}} t = DifferenceInRange(ref x, ref w);
                return {{_scalar}}.IsFinite(t) ? (t > 0 ? 1 : 0) : -1;
            }

            // -1 when the scores are not finite.
            {{KernelText.Inline}}
            public static int RowBest({{_ref}} x, {{_ref}} w)
            {
                {{_scalar}} t = Difference(ref x, ref w);
                return {{check}} ? (t > 0 ? 1 : 0) : -1;
            }

            {{KernelText.Inline}}
            public static int RowBest({{_ref}} x, {{_ref}} w, out {{_scalar}} probability)
            {
                {{_scalar}} t = Difference(ref x, ref w);
                probability = TwoClassSoftmax.Likelier(t);
                return {{check}} ? (t > 0 ? 1 : 0) : -1;
            }

            {{KernelText.Inline}}
            public static bool RowProbabilities({{_ref}} x, {{_ref}} w, {{_ref}} p)
            {
                {{_scalar}} t = Difference(ref x, ref w);
                {{PredictionText.StoreTwo(plan)}};
                return {{check}};
            }
            """);
    }

    // Rows of two classes are read as they lie; those of more are packed on the way.
    private void EmitStages()
    {
        bool packs = _prediction.Difference is null;
        _dispatch.Emit(
            "bool",
            "BatchScores",
            $"{_ref} x, {_ref} weights, {_ref} columns, {_ref} t, {_ref} packed, int blocks",
            packs ? VectorTarget.Avx512.Bits : _prediction.WidestBits,
            arguments: packs ? "ref x, ref weights, ref t, ref packed, blocks" : "ref x, ref columns, ref t, blocks");
        writer.BlankLine();
        _dispatch.Emit("void", "BatchBest", $"{_ref} t, int blocks");
        writer.BlankLine();
        _dispatch.Emit("bool", "BatchExponentials", $"{_ref} t, int blocks");
    }
}
