using System.Numerics;
using System.Text.Json;
using SoftmaxGen.TestModels.Pretrained;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Models with baked weights, those that skip zeros among them, against the textbook with the numbers of their files.</summary>
internal static class PretrainedCheck
{
    /// <summary>Checks the models.</summary>
    public static void Run()
    {
        Agrees<Plain, double>(Plain.Pretrained, "plain");
        Agrees<Rounded, float>(Rounded.Pretrained, "single");
        Agrees<Folded, double>(Folded.Pretrained, "folded");
        Agrees<Sparse3x30, double>(Sparse3x30.Pretrained, "sparse-narrow");
        Agrees<Sparse10x65, double>(Sparse10x65.Pretrained, "sparse");
        Agrees<Sparse70x17, double>(Sparse70x17.Pretrained, "sparse-wide");
        Agrees<SparseSingle17x33, float>(SparseSingle17x33.Pretrained, "sparse-single");
    }

    private static void Agrees<TModel, T>(TModel model, string file)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PredictionCheck.Agrees<TModel, T>(model, WeightsOf(file), Sample.Of(TModel.Shape, 41).Rows);

    // The score of standardised features, at a temperature, is that of raw ones with weights w / (d t) and a bias (b - sum w mean / d) / t.
    private static double[] WeightsOf(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Pretrained", $"{name}.softmax.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement file = document.RootElement;
        double temperature = file.TryGetProperty("temperature", out JsonElement given) ? given.GetDouble() : 1;
        double[][] rows = [.. file.GetProperty("weights").EnumerateArray().Select(static row => ToNumbers(row))];
        if (file.TryGetProperty("standardization", out JsonElement standardization))
        {
            double[] means = ToNumbers(standardization.GetProperty("means"));
            double[] deviations = ToNumbers(standardization.GetProperty("deviations"));
            foreach (double[] row in rows)
            {
                for (int k = 0; k < means.Length; k++)
                {
                    row[k + 1] /= deviations[k];
                    row[0] -= row[k + 1] * means[k];
                }
            }
        }

        return [.. rows.SelectMany(row => row.Select(weight => weight / temperature))];
    }

    private static double[] ToNumbers(JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetDouble())];
}
