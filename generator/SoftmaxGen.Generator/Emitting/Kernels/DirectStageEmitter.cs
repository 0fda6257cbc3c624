using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>All three stages over row-major rows of two classes as they stand: lanes are features where the packed form has rows.</summary>
internal sealed class DirectStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, DirectPlan direct)
{
    private readonly SoftmaxStageEmitter _softmax = new(writer, plan, width, weighted: false);
    private readonly DirectLayout _layout = plan.RowMajor.Direct!;
    private readonly string _ref = $"ref {plan.Scalar}";

    // Behind the vectors of features.
    private int Bias => direct.Vectors * direct.Lanes;

    public void Emit()
    {
        EmitPrepareWeights();
        writer.BlankLine();
        EmitAddBlocks();
        writer.BlankLine();
        EmitStage();
    }

    private void EmitPrepareWeights()
    {
        writer.Open($"""
            // The weights of the contrast, in vectors of features as they are read from a row; its bias is broadcast.
            {KernelText.Optimize}
            internal static void PrepareDirectWeights(ReadOnlySpan<double> weights, ref double scratch)
            """);
        writer.Write($"""
            {_ref} w = ref {ScratchText.Part(plan, _layout.Weights)};
            Store(Constant({Contrast("0")}), ref w, {Bias});
            """);
        if (direct.SharedLanes > 0)
        {
            writer.Write($"""
                // Features that the last vector shares with the one before count there: their weights are 0 here.
                Store(Zero(), ref w, {direct.FirstOfLastVector});
                """);
        }

        writer.Open($"for (int k = 0; k < {plan.Features}; k++)");
        writer.Write($"At(ref w, {Position}) = {Contrast("k + 1")};");
        writer.Close();
        writer.Close();
    }

    private void EmitAddBlocks()
    {
        writer.Open($"""
            // Adds blocks of row-major rows to the gradient sums and the loss, up to the first with a row beyond the exponential's range; returns how many.
            {KernelText.Optimize}
            internal static int AddBlocks({_ref} x, ref int labels, int blocks, ref double scratch, ref double lossSum)
            """);
        writer.Write($"""
            {_ref} loss = ref {ScratchText.Part(plan, plan.Packed.Loss)};
            {_ref} g = ref {ScratchText.Part(plan, _layout.Sums)};
            Store(One(), ref loss, 0);
            Store(Zero(), ref loss, {plan.BlockRows});
            Store(Zero(), ref loss, {2 * plan.BlockRows});
            int added = (int)Direct(ref x, ref labels, ref {ScratchText.Part(plan, _layout.Weights)}, ref g, ref loss, 0, blocks);
            lossSum += {TileEmitter.Loss(plan)};
            ref double sum = ref At(ref scratch, {plan.Packed.Sums});
            {(plan.SumsAreVectors ? "AddVectorSum" : "AddSum")}(Load(ref g, {Bias}), ref sum, 0);
            """);
        writer.Open($"for (int k = 0; k < {plan.Features}; k++)");
        writer.Write($"""
            sum = ref At(ref sum, {plan.SumStride});
            sum += At(ref g, {Position});
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write("return added;");
        writer.Close();
    }

    private void EmitStage()
    {
        writer.Open($"""
            // Rows as they stand, {direct.Vectors} vectors of {direct.Lanes} features each: the scores of {direct.Lanes} rows, their softmax and gradient.
            // Stops at the first block of rows with contrasts beyond the exponential's range, and returns it; otherwise returns end.
            {KernelText.Optimize}
            private static nint Direct({_ref} x, ref int labels, {_ref} w, {_ref} g, {_ref} loss, nint vector, nint end)
            """);
        ForEachVector(v => writer.Write($"var w{v + 1} = Load(ref w, {v * direct.Lanes});"));
        writer.Write($"var bias = Load(ref w, {Bias});");
        ForEachSum(k => writer.Write($"var g{k} = Zero();"));
        writer.Write($"{_ref} tv = ref At(ref w, {Bias + direct.Lanes});");
        _softmax.EmitStart();
        writer.Open("for (; vector < end; vector++)");
        EmitSums(0, direct.Lanes);
        writer.Write("""
            var t1 = s0 + bias;
            var yv = ClassIndices(ref labels);
            """);
        _softmax.EmitResiduals();
        _softmax.EmitLoss();
        EmitGradient();
        writer.Write($"""
            x = ref At(ref x, {plan.BlockRows * plan.Features});
            labels = ref Unsafe.Add(ref labels, {plan.BlockRows});
            """);
        writer.Close();
        writer.BlankLine();

        // The bias comes last, so that features keep their places.
        ForEachSum(k => writer.Write($"Store(g{k}, ref g, {(k == 0 ? Bias : (k - 1) * direct.Lanes)});"));
        _softmax.EmitEnd();
        writer.Close();
    }

    // The products of a row's features with the weights, in lanes; those of twice as many rows are added up to half as many lanes each, in the
    // place of the first row's.
    private void EmitSums(int first, int count)
    {
        if (count == 1)
        {
            EmitProducts(first);
            return;
        }

        int half = count / 2;
        EmitSums(first, half);
        EmitSums(first + half, half);
        writer.Write($"s{first} = {Addition(count)}(s{first}, s{first + half});");
    }

    // A block has as many cache lines as a row has features; each row fetches its share.
    private void EmitProducts(int row)
    {
        for (int line = row * plan.Features / direct.Lanes; line < (row + 1) * plan.Features / direct.Lanes; line++)
        {
            writer.Write($"Prefetch(ref x, {((direct.BlocksAhead * plan.Features) + line) * plan.BlockRows});");
        }

        ForEachVector(v => writer.Write(v == 0
            ? $"var s{row} = w1 * {Features(row, v)};"
            : $"s{row} = Fma(w{v + 1}, {Features(row, v)}, s{row});"));
    }

    // The features are read again rather than kept: a block of them does not fit the registers.
    private void EmitGradient()
    {
        writer.Write("g0 += Load(ref tv, 0);");
        for (int row = 0; row < plan.BlockRows; row++)
        {
            writer.Write($"var r{row} = Broadcast(ref tv, {row});");
            ForEachVector(v => writer.Write($"g{v + 1} = Fma({Features(row, v)}, r{row}, g{v + 1});"));
        }
    }

    private string Features(int row, int vector) => $"Load(ref x, {(row * plan.Features) + direct.FirstFeature(vector)})";

    private void ForEachVector(Action<int> emit)
    {
        for (int v = 0; v < direct.Vectors; v++)
        {
            emit(v);
        }
    }

    // Column 0 is the bias; its lanes are rows.
    private void ForEachSum(Action<int> emit)
    {
        for (int k = 0; k <= direct.Vectors; k++)
        {
            emit(k);
        }
    }

    // Where feature k lies among the vectors.
    private string Position => direct.SharedLanes == 0 ? "k" : $"k < {direct.FirstOfLastVector} ? k : k + {direct.SharedLanes}";

    private string Contrast(string column)
    {
        string contrast = $"Scale * (weights[{plan.Columns} + {column}] - weights[{column}])";
        return plan.Scalar == "double" ? contrast : $"(float)({contrast})";
    }

    private string Addition(int rows) => rows switch
    {
        2 => "SumElements",
        4 when plan.Scalar == "float" => "SumPairs",
        _ => "SumQuarters",
    };
}
