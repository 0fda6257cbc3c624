using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>Stage 1: the contrasts <c>t_j = S_j - S_0</c> of a tile of rows.</summary>
internal sealed class ScoreStageEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly ScoreTile _tile = width.Scores;
    private readonly string _ref = $"ref {plan.Scalar}";

    private int LinesPerFeature => _tile.LinesPerFeature(plan.Shape, width.Target);

    public void Emit()
    {
        int blocks = _tile.Vectors / width.VectorsPerBlock;
        writer.Open($"""
            // Scores: t_j = (W_j - W_0) x for j = 1..{plan.Contrasts}, times the exponential's scale;
            // {_tile.Vectors} row vectors x {_tile.Contrasts} contrasts at a time in registers. The rows of the next tile are fetched meanwhile.
            {KernelText.Optimize}
            public static void Scores({_ref} x, {_ref} w, {_ref} t, {_ref} next, int blocks)
            """);
        writer.Open($"for (; blocks > 0; blocks -= {blocks})");
        EmitPasses();
        writer.Write($"""
            x = ref At(ref x, {blocks * plan.Features * plan.BlockRows});
            next = ref At(ref next, {blocks * plan.Features * plan.BlockRows});
            t = ref At(ref t, {blocks * plan.Contrasts * plan.BlockRows});
            """);
        writer.Close();
        writer.Close();
    }

    private void EmitPasses()
    {
        (int whole, int rest) = (plan.Contrasts / _tile.Contrasts, plan.Contrasts % _tile.Contrasts);
        if (whole > 1)
        {
            writer.Open($"for (int c = 0; c < {whole}; c++)");
            EmitPass("c", _tile.Contrasts);
            writer.Close();
        }
        else
        {
            writer.Open($"// t_1..t_{_tile.Contrasts}");
            EmitPass("0", _tile.Contrasts);
            writer.Close();
        }

        writer.BlankLine();
        if (rest > 0)
        {
            int first = whole * _tile.Contrasts;
            writer.Open($"// t_{first + 1}..t_{plan.Contrasts}");
            EmitPass($"{whole}", rest);
            writer.Close();
            writer.BlankLine();
        }
    }

    // The weights of a pass lie column by column, its contrasts side by side: w[k * contrasts + j], the bias being column 0.
    private void EmitPass(string pass, int contrasts)
    {
        writer.Write($"""
            {_ref} xk = ref x;
            {_ref} wk = ref {Advance("w", pass, _tile.Contrasts * plan.Columns)};
            {_ref} tc = ref {Advance("t", pass, _tile.Contrasts * plan.BlockRows)};
            {_ref} nk = ref {Advance("next", pass, LinesPerFeature * plan.Features * plan.BlockRows)};
            """);
        for (int j = 0; j < contrasts; j++)
        {
            writer.Write($"var {Accumulator(j, 0, 0)} = Broadcast(ref wk, {j});");
            for (int v = 1; v < _tile.Vectors; v++)
            {
                writer.Write($"var {Accumulator(j, v, 0)} = {Accumulator(j, 0, 0)};");
            }

            for (int chain = _tile.Vectors; chain < _tile.Vectors * _tile.Chains; chain++)
            {
                writer.Write($"var {Accumulator(j, chain % _tile.Vectors, chain / _tile.Vectors)} = Zero();");
            }
        }

        EmitFeatures(contrasts);
        for (int v = 0; v < _tile.Vectors; v++)
        {
            for (int j = 0; j < contrasts; j++)
            {
                string sum = string.Join(" + ", Enumerable.Range(0, _tile.Chains).Select(chain => Accumulator(j, v, chain)));
                writer.Write($"Store({sum}, ref tc, {TileOffset(j, v)});");
            }
        }
    }

    // The pass is a number or the variable of the loop over the passes.
    private static string Advance(string origin, string pass, int elements) =>
        int.TryParse(pass, out int number)
            ? number == 0 ? origin : $"At(ref {origin}, {number * elements})"
            : $"At(ref {origin}, {pass} * {elements})";

    private void EmitFeatures(int contrasts)
    {
        int unrolled = _tile.UnrolledFeatures;
        if (unrolled == plan.Features)
        {
            EmitUnrolled(unrolled, contrasts, contrasts);
            return;
        }

        writer.Write($"wk = ref At(ref wk, {contrasts});");
        writer.Turns(plan.Features, unrolled, features => EmitUnrolled(features, contrasts, 0), variable: "k", advance: $"""
            xk = ref At(ref xk, {unrolled * plan.BlockRows});
            nk = ref At(ref nk, {unrolled * plan.BlockRows});
            wk = ref At(ref wk, {unrolled * contrasts});
            """);
        writer.BlankLine();
    }

    private void EmitUnrolled(int features, int contrasts, int firstWeight)
    {
        for (int k = 0; k < features; k++)
        {
            bool fetches = k % 2 == 0 || !width.StagesShareFetching(plan.Shape);
            for (int line = 0; fetches && line < LinesPerFeature; line++)
            {
                writer.Write($"Prefetch(ref nk, {((line * plan.Features) + k) * plan.BlockRows});");
            }

            for (int v = 0; v < _tile.Vectors; v++)
            {
                writer.Write($"var x{k + 1}{Letter(v)} = Load(ref xk, {RowOffset(k, v)});");
            }

            for (int j = 0; j < contrasts; j++)
            {
                writer.Write($"var w{j + 1}_{k + 1} = Broadcast(ref wk, {firstWeight + (k * contrasts) + j});");
                for (int v = 0; v < _tile.Vectors; v++)
                {
                    string sum = Accumulator(j, v, k % _tile.Chains);
                    writer.Write($"{sum} = Fma(w{j + 1}_{k + 1}, x{k + 1}{Letter(v)}, {sum});");
                }
            }
        }
    }

    private int RowOffset(int feature, int vector) =>
        (((vector / width.VectorsPerBlock * plan.Features) + feature) * plan.BlockRows) + Lane(vector);

    private int TileOffset(int contrast, int vector) =>
        (((vector / width.VectorsPerBlock * plan.Contrasts) + contrast) * plan.BlockRows) + Lane(vector);

    private int Lane(int vector) => vector % width.VectorsPerBlock * width.Lanes;

    private string Accumulator(int contrast, int vector, int chain) => $"t{contrast + 1}{Letter(vector + (chain * _tile.Vectors))}";

    private static char Letter(int vector) => (char)('a' + vector);
}
