using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>The copy of the weights that the first prediction of a model makes.</summary>
public sealed class FirstPredictionTests
{
    [Fact]
    public void A_model_that_predicts_nothing_has_its_weights_once()
    {
        double[] weights = new double[Double10x64.ParameterCount];
        double[] row = new double[Double10x64.Features];
        int bytes = weights.Length * sizeof(double);
        var model = Double10x64.FromWeights(weights);

        long made = AssertAllocation.Bytes(() => _ = Double10x64.FromWeights(weights).Weights[0]);
        long predicted = AssertAllocation.Bytes(() => Double10x64.FromWeights(weights).Predict(row));

        Assert.InRange(made, bytes, bytes + 100);
        Assert.InRange(predicted, bytes + bytes, 4 * bytes);
        AssertAllocation.None(() => model.Predict(row));
    }

    [Fact]
    public void Threads_may_predict_first_together()
    {
        RunTogether<Double2x30, double>(static row => row);
        RunTogether<Double3x4, double>(static row => row);
        RunTogether<Double10x64, double>(static row => row);
        RunTogether<Single10x16, float>(static row => [.. row.Select(static x => (float)x)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void The_copy_begins_at_a_cache_line_and_lies_within_its_array(int features)
    {
        for (int i = 0; i < 50; i++)
        {
            CheckPlace(PredictionWeights.Columns<double>(new double[3 * (features + 1)], features + 1, lanes: 4, chunk: 2), 4 * (features + 1));
            CheckPlace(PredictionWeights.Columns<float>(new float[3 * (features + 1)], features + 1, lanes: 4, chunk: 2), 4 * (features + 1));
            CheckPlace(PredictionWeights.Difference<double>(new double[2 * (features + 1)], lanes: 1), features + 1);
            CheckPlace(PredictionWeights.Difference<float>(new float[2 * (features + 1)], lanes: 1), features + 1);
        }
    }

    [Fact]
    public void Generated_code_finds_the_place_where_the_library_does()
    {
        CheckGenerated<Double3x4, double>();
        CheckGenerated<Double2x30, double>();
        CheckGenerated<Single10x16, float>();
        CheckGenerated<Single2x4, float>();
    }

    private static void CheckGenerated<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        FirstColumn<TModel, T> generated = typeof(TModel).GetProperty("__SoftmaxFirstColumn", Hidden)!.GetMethod!.CreateDelegate<FirstColumn<TModel, T>>();
        FieldInfo columns = typeof(TModel).GetField("__softmaxColumns", Hidden)!;
        int length = (int)GeneratedKernels.Of(typeof(TModel)).GetProperty("ColumnsLength")!.GetValue(null)!;
        for (int i = 0; i < 50; i++)
        {
            TModel model = TModel.FromWeights(new T[TModel.Shape.ParameterCount]);
            ref T first = ref generated(model);
            var array = (T[])columns.GetValue(model)!;
            Assert.True(Unsafe.AreSame(ref first, ref PredictionWeights.First(array)));
            CheckPlace(array, length);
        }
    }

    private delegate ref T FirstColumn<TModel, T>(TModel model);

    private static void CheckPlace<T>(T[] columns, int length)
        where T : unmanaged
    {
        ref T first = ref PredictionWeights.First(columns);
        nint offset = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(columns), ref first) / Unsafe.SizeOf<T>();
        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref first) % 64);
        Assert.InRange((long)offset, 0, columns.Length - length);
    }

    private static void RunTogether<TModel, T>(Func<double[], T[]> convert)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Models = 300;
        Sample sample = Sample.Of(TModel.Shape, 1);
        T[] weights = convert(sample.Weights);
        T[] row = convert(sample.Rows);
        double[] expected = PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, sample.Rows));
        TModel[] models = [.. Enumerable.Range(0, Models).Select(_ => TModel.FromWeights(weights))];
        T[][][] found = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, Models).Select(_ => new T[TModel.Shape.Classes]).ToArray())];
        using var meeting = new Barrier(2);
        Thread[] threads = [.. found.Select(probabilities => new Thread(() =>
        {
            for (int i = 0; i < Models; i++)
            {
                meeting.SignalAndWait();
                models[i].PredictProbabilities(row, probabilities[i]);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        double tolerance = typeof(T) == typeof(float) ? 1e-5 : 1e-13;
        Assert.All(found.SelectMany(static probabilities => probabilities), probabilities =>
            Assert.All(expected.Zip(probabilities), pair => Assert.Equal(pair.First, double.CreateChecked(pair.Second), tolerance)));
    }
}
