using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Persistence;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Model files keep every bit, and those that another processor wrote are read.</summary>
internal sealed class FileCheck : IModelCheck
{
    /// <inheritdoc/>
    public void Run<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ModelFormat format in (ModelFormat[])[ModelFormat.Json, ModelFormat.Binary])
        {
            for (int seed = 0; seed < 3; seed++)
            {
                T[] weights = Weights.Make<T>(TModel.Shape.ParameterCount, seed);
                using MemoryStream stream = new();
                TModel.FromWeights(weights).Save(stream, format);
                stream.Position = 0;

                SameBits(weights, ModelFile.Load<TModel, T>(stream).Weights, $"{typeof(TModel).Name}, {format}");
            }
        }
    }

    /// <summary>Checks the files that are committed.</summary>
    public static void CommittedFiles()
    {
        double[] expected = ReferenceOptima.Find("iris", "raw", 0.1).Weights;
        foreach (string extension in (string[])["json", "bin"])
        {
            SameBits<double>(expected, NamedIris.Load(Committed($"iris.v1.double.{extension}")).Weights, $"double, {extension}");
            SameBits<float>(Numbers.Of<float>(expected), NamedIrisSingle.Load(Committed($"iris.v1.single.{extension}")).Weights, $"single, {extension}");
        }

        static string Committed(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);
    }

    /// <summary>Checks that a trained model is written to disk and comes back with its answers.</summary>
    public static void TrainedModels()
    {
        SampleData data = SampleData.Load("iris");
        TrainingResult<NamedIris> fit = NamedIris.Train(data.Rows, data.Labels);
        double[] expected = new double[3 * data.RowCount];
        fit.Model.PredictProbabilitiesBatch(data.Rows, expected);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-checks-");
        try
        {
            foreach (ModelFormat format in (ModelFormat[])[ModelFormat.Json, ModelFormat.Binary])
            {
                string path = Path.Combine(folder.FullName, $"iris.{format}");
                fit.Save(path, format);
                NamedIris loaded = NamedIris.Load(path);
                double[] actual = Numbers.Unwritten<double>(expected.Length);
                loaded.PredictProbabilitiesBatch(data.Rows, actual);

                SameBits(fit.Model.Weights, loaded.Weights, $"trained, {format}");
                Check.AllEqual<double>(expected, actual, $"the probabilities of a loaded model, {format}");
                SpoiltIsRefused(path, format);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A digit or a bit of the weights that changed: the checksum tells.
    private static void SpoiltIsRefused(string path, ModelFormat format)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int place = bytes.Length - 60;
        if (format == ModelFormat.Json)
        {
            place = bytes.AsSpan().IndexOf("\"weights\""u8);
            place += bytes.AsSpan(place).IndexOfAnyInRange((byte)'0', (byte)'9');
        }

        bytes[place] ^= 1;
        Check.Throws<ModelFormatException>(() => NamedIris.Load(new MemoryStream(bytes)), $"a spoilt file, {format},");
    }

    private static void SameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged => Check.AllEqual(MemoryMarshal.AsBytes(expected), MemoryMarshal.AsBytes(actual), what);
}
