using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Peers.Predictions;

/// <summary>The probabilities of rows in single precision, in which the peers compute: one by one, each written just before, and many at a time.</summary>
internal static class PredictionContest
{
    private const int Rows = 4096;
    private const int BatchRows = 10_000;
    private const int CountedCalls = 1000;

    /// <summary>Measures a shape.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <returns>What each library takes.</returns>
    public static PredictionResult[] Run<TModel>()
        where TModel : class, ISoftmaxModel<TModel, float>
    {
        ModelShape shape = TModel.Shape;
        float[] rows = Array.ConvertAll(new Workload(shape, BatchRows).Rows, static x => (float)x);
        float[] weights = Array.ConvertAll(new Workload(shape, 1).Weights, static w => (float)w);
        TModel ours = TModel.FromWeights(weights);
        byte[] file = OnnxPredictor.Export(ours);
        float[] row = new float[shape.Features];
        float[] probabilities = new float[shape.Classes];
        float[] all = new float[BatchRows * shape.Classes];
        var primitives = new PrimitivePredictor(weights, shape.Classes);
        using var onnx = new OnnxPredictor(file, threads: 1, row, probabilities, rowCount: 1);
        using var onnxBatch = new OnnxPredictor(file, threads: 1, rows, all, BatchRows);
        using var onnxAll = new OnnxPredictor(file, threads: 0, rows, all, BatchRows);
        using var mlNet = new MlNetPredictor(shape.Classes, shape.Features);

        Action<int>[] single =
        [
            i => { Write(i, row); ours.PredictProbabilities(row, probabilities); },
            i => { Write(i, row); primitives.RunTensors(row, probabilities); },
            i => { Write(i, row); primitives.RunMathNet(row, probabilities); },
            i => { Write(i, row); onnx.Run(); },
            i => { Write(i, mlNet.Input.Features); mlNet.Run().CopyTo(probabilities, 0); },
            i => Write(i, row),
        ];
        Func<double>[] batches =
        [
            () => { ours.PredictProbabilitiesBatch(rows, all); return all[0]; },
            () => { onnxBatch.Run(); return all[0]; },
            () => { onnxAll.Run(); return all[0]; },
        ];
        Func<double>[] singlePasses = Array.ConvertAll(single, predict => (Func<double>)(() =>
        {
            for (int i = 0; i < Rows; i++)
            {
                predict(i);
            }

            return probabilities[0];
        }));
        Stopclock.WarmUp(singlePasses);
        Stopclock.WarmUp(batches);
        RoundTimes[] times = [.. Stopclock.Compare(singlePasses).Select(static time => time / Rows)];
        RoundTimes[] batchTimes = [.. Stopclock.Compare(batches).Select(static time => time / BatchRows)];
        return
        [
            new("SoftmaxGen", Net(0), Bytes(single[0]), batchTimes[0], null),
            new("System.Numerics.Tensors", Net(1), Bytes(single[1]), null, null),
            new("Math.NET Numerics", Net(2), Bytes(single[2]), null, null),
            new("ONNX Runtime", Net(3), Bytes(single[3]), batchTimes[1], batchTimes[2]),
            new("ML.NET `PredictionEngine`", Net(4), Bytes(single[4]), null, null),
        ];

        void Write(int i, float[] target)
        {
            // Value by value, as a program does that has just learned them.
            int first = i * target.Length;
            for (int k = 0; k < target.Length; k++)
            {
                target[k] = rows[first + k];
            }
        }

        // Without the writing of the row.
        RoundTimes Net(int index) => new(times[index].Minimum - times[^1].Minimum, times[index].Median - times[^1].Median);
    }

    private static long Bytes(Action<int> predict)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < CountedCalls; i++)
        {
            predict(i);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / CountedCalls;
    }
}
