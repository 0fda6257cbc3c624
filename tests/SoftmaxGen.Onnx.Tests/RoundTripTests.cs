using SoftmaxGen.Onnx.Tests.Harness;

namespace SoftmaxGen.Onnx.Tests;

/// <summary>A model that was exported and imported again.</summary>
public class RoundTripTests
{
    [Fact]
    public void Gemm_keeps_every_bit_of_double()
    {
        Named model = Named.FromWeights([-0.0, double.Epsilon, double.MaxValue, .. Samples.Model<Named, double>().Weights[3..]]);

        Named copy = Samples.Import<Named, double>(Samples.Export<Named, double>(model, OnnxForm.Gemm));

        Assert.Equal(model.Weights.ToArray().Select(BitConverter.DoubleToInt64Bits), copy.Weights.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData(OnnxForm.Gemm)]
    [InlineData(OnnxForm.Classifier)]
    public void Both_forms_keep_every_bit_of_float(OnnxForm form)
    {
        FromOne model = FromOne.FromWeights([-0f, float.Epsilon, float.MaxValue, .. Samples.Model<FromOne, float>().Weights[3..]]);

        FromOne copy = Samples.Import<FromOne, float>(Samples.Export<FromOne, float>(model, form));

        Assert.Equal(model.Weights.ToArray().Select(BitConverter.SingleToInt32Bits), copy.Weights.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_classifier_rounds_double_to_float()
    {
        Digits model = Samples.Model<Digits, double>();

        Digits copy = Samples.Import<Digits, double>(Samples.Export<Digits, double>(model, OnnxForm.Classifier));

        Assert.Equal(Array.ConvertAll(model.Weights.ToArray(), static weight => (double)(float)weight), copy.Weights.ToArray());
    }

    [Fact]
    public void A_model_of_another_precision_imports_it()
    {
        Three model = Samples.Model<Three, double>();

        ThreeSingle copy = Samples.Import<ThreeSingle, float>(Samples.Export<Three, double>(model, OnnxForm.Gemm));

        Assert.Equal(Array.ConvertAll(model.Weights.ToArray(), static weight => (float)weight), copy.Weights.ToArray());
    }

    [Fact]
    public void The_mean_of_the_training_rows_stays_behind()
    {
        Three model = Three.FromWeights(Samples.Model<Three, double>().Weights, new FeatureMoments(new double[Three.Features], new double[Three.Features]));

        Three copy = Samples.Import<Three, double>(Samples.Export<Three, double>(model, OnnxForm.Gemm));

        double[] row = new double[Three.Features];
        Assert.Null(copy.FeatureMoments);
        Assert.Throws<InvalidOperationException>(() => copy.ExplainScore(row, Three.Shape.FirstLabel, new double[Three.Features]));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() => Assert.Equal(
        Samples.Export<Named, double>(Samples.Model<Named, double>(), OnnxForm.Classifier),
        Samples.Export<Named, double>(Samples.Model<Named, double>(), OnnxForm.Classifier));

    [Fact]
    public void The_stream_is_written_from_its_position_and_stays_open()
    {
        using MemoryStream stream = new();
        stream.Write([1, 2, 3]);

        Samples.Model<Three, double>().SaveOnnx(stream);

        stream.Position = 3;
        Assert.Equal(3, OnnxImport.Load<Three, double>(stream).Weights.Length / 5);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_path_holds_what_a_stream_does_and_a_refused_model_leaves_it_untouched()
    {
        string folder = Directory.CreateTempSubdirectory("softmaxgen-onnx").FullName;
        string path = Path.Combine(folder, "model.onnx");
        Named model = Samples.Model<Named, double>();
        Named tooLarge = Named.FromWeights([double.MaxValue, .. model.Weights[1..]]);
        try
        {
            model.SaveOnnx(path, OnnxForm.Gemm);
            Assert.Throws<ArgumentException>(() => tooLarge.SaveOnnx(path));

            Assert.Equal(Samples.Export<Named, double>(model, OnnxForm.Gemm), File.ReadAllBytes(path));
            Assert.Equal(model.Weights, OnnxImport.Load<Named, double>(path).Weights);
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_weight_beyond_float_is_refused_by_the_classifier_and_kept_by_Gemm()
    {
        double[] weights = new double[15];
        weights[7] = -1e300;
        Three model = Three.FromWeights(weights);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => Samples.Export<Three, double>(model, OnnxForm.Classifier));

        Assert.Contains("-1E+300", exception.Message, StringComparison.Ordinal);
        Assert.Equal(weights, Samples.Import<Three, double>(Samples.Export<Three, double>(model, OnnxForm.Gemm)).Weights.ToArray());
    }

    [Fact]
    public void A_form_that_there_is_not_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("form", static () => Samples.Export<Three, double>(Samples.Model<Three, double>(), (OnnxForm)7));
}
