using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>All three stages over row-major rows of two classes as they stand: lanes are features where the packed form has rows.</summary>
internal sealed class DirectStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, DirectPlan direct) : IUnpackedStage
{
    private readonly SoftmaxStageEmitter _softmax = new(writer, plan, width, weighted: false);
    private readonly string _ref = $"ref {plan.Scalar}";

    // Behind the vectors of features.
    private int Bias => direct.Vectors * direct.Lanes;

    public void Emit()
    {
        EmitPreparation();
        writer.BlankLine();
        EmitAddUnpacked();
        writer.BlankLine();
        EmitStage();
    }

    private void EmitPreparation()
    {
        writer.Open($"""
            // The weights of the contrast, in vectors of features as they are read from a row; its bias is broadcast.
            {KernelText.Optimize}
            public static void PrepareUnpacked(ReadOnlySpan<double> weights, {_ref} w)
            """);
        writer.Write($"Store(Constant({Contrast("0")}), ref w, {Bias});");
        if (direct.SharedLanes > 0)
        {
            writer.Write($"""
                // Features that the last vector shares with the one before count there: their weights are 0 here.
                Store(Zero(), ref w, {direct.FirstOfLastVector});
                """);
        }

        writer.Block($"for (int k = 0; k < {plan.Features}; k++)", $"At(ref w, {Position}) = {Contrast("k + 1")};");
        writer.Close();
    }

    private void EmitAddUnpacked()
    {
        writer.Open($"""
            // Adds blocks of rows to the gradient sums and the loss, up to the first with a row beyond the exponential's range; returns how many.
            {KernelText.Optimize}
            public static nint AddUnpacked({UnpackedEmitter.Parameters(plan)})
            """);
        writer.Write($"""
            {_ref} sums = ref At(ref unpacked, {direct.SumsOffset * sizeof(double) / plan.ScalarBytes});
            nint added = Direct(ref x, ref labels, ref unpacked, ref sums, ref loss, 0, end);
            {(plan.SumsAreVectors ? "AddVectorSum" : "AddSum")}(Load(ref sums, {Bias}), ref g, 0);
            """);
        writer.Block($"for (int k = 0; k < {plan.Features}; k++)", $"""
            g = ref At(ref g, {plan.SumStride});
            g += At(ref sums, {Position});
            """);
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
        writer.WriteEach(direct.Vectors, v => $"var w{v} = Load(ref w, {(v - 1) * direct.Lanes});");
        writer.Write($"""
            var bias = Load(ref w, {Bias});
            var g0 = Zero();
            """);
        writer.WriteEach(direct.Vectors, static k => $"var g{k} = Zero();");
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

        // Column 0 is the bias; its lanes are rows. It comes last, so that features keep their places.
        writer.Write($"Store(g0, ref g, {Bias});");
        writer.WriteEach(direct.Vectors, k => $"Store(g{k}, ref g, {(k - 1) * direct.Lanes});");
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

        writer.WriteEach(direct.Vectors, v => v == 1
            ? $"var s{row} = w1 * {Features(row, v)};"
            : $"s{row} = Fma(w{v}, {Features(row, v)}, s{row});");
    }

    // The features are read again rather than kept: a block of them does not fit the registers.
    private void EmitGradient()
    {
        writer.Write("g0 += Load(ref tv, 0);");
        for (int row = 0; row < plan.BlockRows; row++)
        {
            int r = row;
            writer.Write($"var r{r} = Broadcast(ref tv, {r});");
            writer.WriteEach(direct.Vectors, v => $"g{v} = Fma({Features(r, v)}, r{r}, g{v});");
        }
    }

    private string Features(int row, int vector) => $"Load(ref x, {(row * plan.Features) + direct.FirstFeature(vector - 1)})";

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
