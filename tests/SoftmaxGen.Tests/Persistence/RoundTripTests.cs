using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SoftmaxGen.TestModels.Persistence;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>What is saved is what is loaded, to the bit.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<ModelFormat> Formats => [ModelFormat.Json, ModelFormat.Binary];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Weights_keep_their_bits(ModelFormat format)
    {
        RoundTrips<NamedIris, double>(format);
        RoundTrips<NamedIrisSingle, float>(format);
        RoundTrips<NamedIrisFrom1, double>(format);
        RoundTrips<HostileNames, double>(format);
        RoundTrips<Double2x1, double>(format);
        RoundTrips<Single2x1, float>(format);
        RoundTrips<Double10x64, double>(format);
        RoundTrips<Single100x32, float>(format);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_culture_does_not_matter(ModelFormat format)
    {
        byte[] expected = Saved<Double3x4, double>(Weights.Make<double>(15, 7), format);

        using var culture = CultureScope.Hostile();

        Assert.Equal(expected, Saved<Double3x4, double>(Weights.Make<double>(15, 7), format));
        RoundTrips<NamedIris, double>(format);
        RoundTrips<NamedIrisSingle, float>(format);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_path_holds_what_a_stream_does(ModelFormat format)
    {
        using var folder = new Folder();
        NamedIris model = NamedIris.FromWeights(Weights.Make<double>(15, 3));

        model.Save(folder["m"], format);

        Assert.Equal(Saved<NamedIris, double>(model.Weights, format), File.ReadAllBytes(folder["m"]));
        AssertBits<double>(model.Weights, NamedIris.Load(folder["m"]).Weights);
        Assert.Equal(["m"], folder.Names);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_stream_is_taken_from_its_position_and_left_open(ModelFormat format)
    {
        NamedIris model = NamedIris.FromWeights(Weights.Make<double>(15, 4));
        using var stream = new MemoryStream();
        stream.Write("before"u8);

        model.Save(stream, format);
        stream.Position = 6;

        AssertBits<double>(model.Weights, NamedIris.Load(stream).Weights);
        Assert.True(stream.CanRead);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_stream_may_trickle(ModelFormat format)
    {
        NamedIris model = NamedIris.FromWeights(Weights.Make<double>(15, 5));
        using var stream = new Trickle(Saved<NamedIris, double>(model.Weights, format));

        AssertBits<double>(model.Weights, NamedIris.Load(stream).Weights);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        NamedIris model = NamedIris.FromWeights(Weights.Make<double>(15, 6));
        using var stream = new MemoryStream([.. Encoding.UTF8.Preamble, .. Saved<NamedIris, double>(model.Weights, ModelFormat.Json)]);

        AssertBits<double>(model.Weights, NamedIris.Load(stream).Weights);
    }

    [Fact]
    public void A_file_says_how_its_model_was_trained()
    {
        SampleData data = SampleData.Load("iris");
        TrainingResult<NamedIris> fit = NamedIris.Train(data.Rows, data.Labels, new TrainingOptions { L2 = 0.1, Solver = Solver.Lbfgs });
        using var stream = new MemoryStream();

        fit.Save(stream, date: new DateOnly(2026, 3, 9));

        using JsonDocument file = JsonDocument.Parse(stream.ToArray());
        JsonElement training = file.RootElement.GetProperty("training");
        Assert.Equal(150, training.GetProperty("rows").GetInt32());
        Assert.Equal(fit.Objective, training.GetProperty("objective").GetDouble());
        Assert.Equal(fit.Loss, training.GetProperty("loss").GetDouble());
        Assert.Equal("Lbfgs", training.GetProperty("solver").GetString());
        Assert.Equal("Converged", training.GetProperty("stopReason").GetString());
        Assert.Equal(fit.Iterations, training.GetProperty("iterations").GetInt32());
        Assert.Equal(0.1, training.GetProperty("l2").GetDouble());
        Assert.Equal("2026-03-09", training.GetProperty("date").GetString());
        stream.Position = 0;
        AssertBits<double>(fit.Model.Weights, NamedIris.Load(stream).Weights);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_result_of_either_precision_is_saved_with_its_summary(ModelFormat format)
    {
        using var folder = new Folder();
        SampleData data = SampleData.Load("iris");
        TrainingResult<NamedIrisSingle> fit = NamedIrisSingle.Train(Array.ConvertAll(data.Rows, static x => (float)x), data.Labels);

        fit.Save(folder["m"], format);

        AssertBits<float>(fit.Model.Weights, NamedIrisSingle.Load(folder["m"]).Weights);
        string file = Encoding.Latin1.GetString(File.ReadAllBytes(folder["m"]));
        Assert.Contains("\"stopReason\": \"Converged\"", file, StringComparison.Ordinal);
        Assert.Contains("\"l2\": 0.00666", file, StringComparison.Ordinal);
        Assert.DoesNotContain("\"date\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_weights_is_a_line()
    {
        string[] lines = Encoding.UTF8.GetString(Saved<NamedIris, double>([.. Enumerable.Range(-7, 15)], ModelFormat.Json)).Split('\n');

        Assert.Contains("  \"classNames\": [\"setosa\", \"versicolor\", \"virginica\"],", lines);
        Assert.Contains("    [-7, -6, -5, -4, -3],", lines);
        Assert.Contains("    [3, 4, 5, 6, 7]", lines);
        Assert.Equal("", lines[^1]);
        Assert.Equal("}", lines[^2]);
    }

    [Fact]
    public void An_undefined_form_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        "format", () => NamedIris.FromWeights(new double[15]).Save(Stream.Null, (ModelFormat)2));

    private static void RoundTrips<TModel, T>(ModelFormat format)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int seed = 0; seed < 20; seed++)
        {
            T[] weights = Weights.Make<T>(TModel.Shape.ParameterCount, seed);
            using var stream = new MemoryStream(Saved<TModel, T>(weights, format));

            AssertBits(weights, ModelFile.Load<TModel, T>(stream).Weights);
        }
    }

    private static byte[] Saved<TModel, T>(ReadOnlySpan<T> weights, ModelFormat format)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        TModel.FromWeights(weights).Save(stream, format);
        return stream.ToArray();
    }

    private static void AssertBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged => Assert.Equal(MemoryMarshal.AsBytes(expected).ToArray(), MemoryMarshal.AsBytes(actual).ToArray());

    // A stream of unknown length that gives a few bytes at a time, as a network does.
    private sealed class Trickle(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(Math.Min(count, 7), bytes.Length - _position);
            bytes.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
