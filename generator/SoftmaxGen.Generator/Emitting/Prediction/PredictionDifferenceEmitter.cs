using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>Prediction with two classes: one dot product, whose sign is the answer.</summary>
internal sealed class PredictionDifferenceEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, DifferencePlan difference)
{
    private readonly string _scalar = plan.Scalar;
    private readonly string _ref = $"ref {plan.Scalar}";

    // A vector of the plan in vectors of this width.
    private int Parts => difference.Lanes / width.Lanes;

    public void Emit()
    {
        EmitDifference("Difference", "Load");
        writer.BlankLine();
        if (difference.LoadsOneByOne && width.Bits <= difference.OneByOneBits(plan.Shape))
        {
            writer.Write("// The same of a row that may have been written just before: what was stored number by number is loaded so.");
            EmitDifference("DifferenceOneByOne", "LoadOneByOne");
            writer.BlankLine();
            EmitLoadOneByOne();
            writer.BlankLine();
        }

        EmitTileDifferences();
    }

    private void EmitDifference(string name, string load)
    {
        writer.Open($"""
            // t = (W_1 - W_0) x: positive for class 1. Lanes are features.
            {KernelText.OptimizeInline}
            internal static {_scalar} {name}({_ref} x, {_ref} w)
            """);
        if (difference.Lanes == 1)
        {
            EmitScalarSum();
        }
        else
        {
            EmitVectorSum(load);
        }

        writer.Close();
    }

    private void EmitScalarSum()
    {
        writer.Write($"{_scalar} t = At(ref w, {difference.BiasIndex});");
        for (int k = 0; k < plan.Features; k++)
        {
            writer.Write($"t += At(ref w, {k}) * At(ref x, {k});");
        }

        writer.Write("return t;");
    }

    private void EmitVectorSum(string load)
    {
        int chains = difference.Chains;
        bool isLooped = difference.LoopedVectors > 0;
        if (isLooped)
        {
            EmitLoop();
        }

        // The last vector ends with the row, so all that is not looped is addressed from the row's first feature.
        for (int v = difference.LoopedVectors; v < difference.Vectors; v++)
        {
            for (int part = 0; part < Parts; part++)
            {
                string weights = $"Load(ref w, {(v * difference.Lanes) + (part * width.Lanes)})";
                string features = $"{load}(ref x, {difference.FirstFeature(v) + (part * width.Lanes)})";
                string sum = Sum(v % chains, part);
                writer.Write(v < chains && !isLooped ? $"var {sum} = {weights} * {features};" : $"{sum} = Fma({weights}, {features}, {sum});");
            }
        }

        for (int part = 0; part < Parts; part++)
        {
            writer.Write($"var t{part} = {PredictionText.SumOfChains(chains, chain => Sum(chain, part))};");
        }

        writer.Write($"return Total({SumOfParts()}) + At(ref w, {difference.BiasIndex});");
    }

    private void EmitLoadOneByOne()
    {
        bool isNarrow = width.Bits == VectorTarget.Any128.Bits;
        int lanes = VectorTarget.Any128.Lanes(plan.Shape);
        string name = isNarrow ? "LoadOneByOne" : "LoadHalf";
        if (plan.Scalar == "double")
        {
            writer.Write($"""
                // As integers, of which one instruction loads the second and puts it beside the first.
                {KernelText.Inline}
                private static Vector128<double> {name}({_ref} source, nuint index) =>
                    Vector128.CreateScalarUnsafe({Bits(0)}).WithElement(1, {Bits(1)}).AsDouble();
                """);
        }
        else
        {
            string numbers = string.Join(", ", Enumerable.Range(0, lanes).Select(Number));
            writer.Write($"""
                {KernelText.Inline}
                private static Vector128<float> {name}({_ref} source, nuint index) => Vector128.Create({numbers});
                """);
        }

        if (!isNarrow)
        {
            writer.BlankLine();
            writer.Write($"""
                {KernelText.Inline}
                private static Vector LoadOneByOne({_ref} source, nuint index) =>
                    Vector256.Create(LoadHalf(ref source, index), LoadHalf(ref source, index + {lanes}));
                """);
        }
    }

    private static string Bits(int lane) => $"Unsafe.As<double, long>(ref {Number(lane)})";

    private static string Number(int lane) => lane == 0 ? "Unsafe.Add(ref source, index)" : $"Unsafe.Add(ref source, index + {lane})";

    private void EmitLoop()
    {
        for (int chain = 0; chain < difference.Chains; chain++)
        {
            for (int part = 0; part < Parts; part++)
            {
                writer.Write($"var {Sum(chain, part)} = Zero();");
            }
        }

        writer.Open($"for (nuint k = 0; k < {difference.LoopedVectors * difference.Lanes}; k += {difference.Chains * difference.Lanes})");
        for (int chain = 0; chain < difference.Chains; chain++)
        {
            for (int part = 0; part < Parts; part++)
            {
                int offset = (chain * difference.Lanes) + (part * width.Lanes);
                writer.Write($"{Sum(chain, part)} = Fma(Load(ref w, k + {offset}), Load(ref x, k + {offset}), {Sum(chain, part)});");
            }
        }

        writer.Close();
        writer.BlankLine();
    }

    // As the halves of a whole vector would be added: the same bits at every width.
    private string SumOfParts() => Parts switch
    {
        1 => "t0",
        2 => "t0 + t1",
        _ => "(t0 + t2) + (t1 + t3)",
    };

    private void EmitTileDifferences()
    {
        writer.Open($"""
            // The scores of a tile of rows less those of class 0: zeros, and the differences. False when one is not finite, and the scores themselves must
            // tell.
            {KernelText.Optimize}
            internal static bool BatchScores({_ref} x, {_ref} w, {_ref} t, int blocks)
            """);
        writer.Write($"{_scalar} poison = 0;");
        writer.Open("for (; blocks > 0; blocks--)");
        writer.Block($"for (int lane = 0; lane < {plan.BlockRows}; lane++)", $"""
            {_scalar} difference = Difference(ref x, ref w);
            At(ref t, lane) = 0;
            At(ref t, {plan.BlockRows} + lane) = difference;
            poison += difference * 0;
            x = ref At(ref x, {plan.Features});
            """);
        writer.BlankLine();
        writer.Write($"t = ref At(ref t, {plan.Prediction.BlockVectors * plan.BlockRows});");
        writer.Close();
        writer.BlankLine();
        writer.Write("return poison == 0;");
        writer.Close();
    }

    private static string Sum(int chain, int part) => $"t{part}{(char)('a' + chain)}";
}
