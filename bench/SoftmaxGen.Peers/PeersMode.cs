using System.Runtime.InteropServices;
using System.Text;
using SoftmaxGen.Benchmarks.Modes.Train;
using SoftmaxGen.Peers.Fits;
using SoftmaxGen.Peers.Predictions;

namespace SoftmaxGen.Peers;

/// <summary>Fits and predictions by this library and by others, in one process.</summary>
internal static class PeersMode
{
    /// <summary>Measures all and writes a report.</summary>
    /// <param name="file">The file of the report; null for the console alone.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string? file)
    {
        var text = new StringBuilder();
        text.AppendLine("# Peers").AppendLine();
        text.AppendLine(
            FormattableString.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}. {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores."))
                .AppendLine();
        text.Append(PeersReport.Write([
            FitContest.Run<Double3x4>(TrainProblem.Read("iris", divisor: 1, standardize: false)),
            FitContest.Run<Double3x13>(Standardize(TrainProblem.Read("wine", divisor: 1, standardize: false))),
            FitContest.Run<Double10x64>(TrainProblem.Read("digits", divisor: 16, standardize: false)),
            FitContest.Run<Double4x8>(TrainProblem.Draw(Double4x8.Shape, 100_000)),
            FitContest.Run<Double10x16>(TrainProblem.Draw(Double10x16.Shape, 200_000)),
            FitContest.Run<Double2x30>(TrainProblem.Draw(Double2x30.Shape, 500_000)),
        ]));
        text.Append(PeersReport.Write(Single3x4.Shape, PredictionContest.Run<Single3x4>()));
        text.Append(PeersReport.Write(Single2x30.Shape, PredictionContest.Run<Single2x30>()));
        text.Append(PeersReport.Write(Single10x16.Shape, PredictionContest.Run<Single10x16>()));
        text.Append(PeersReport.Write(Single10x64.Shape, PredictionContest.Run<Single10x64>()));
        text.Append(PeersReport.Write(Single10x784.Shape, PredictionContest.Run<Single10x784>()));
        text.Append("""
            ## Method

            - Medians, fastest in brackets; the libraries take turns in one process.
            - *Fits*: mean loss and `l2 / 2` times the squared weights without biases, `l2 = 1e-3`; from the caller's arrays to the model. ML.NET fits by
              `LbfgsMaximumEntropy` with its own tolerance, has the rows in its cache before the clock starts, and is given the penalty of the sum of the losses.
              Objectives are those of the weights in double. *Times as long*: the faster of ML.NET's two to the faster
              of this library's two.
            - *One fresh row*: each number of the row is written just before the prediction; the writing is subtracted. ONNX Runtime predicts in memory that it was
              given once, by `OrtValue`, and exports of this library; ML.NET by a `PredictionEngine` that fills one answer again and again.

            """);
        Console.Write(text);
        if (file is not null)
        {
            File.WriteAllText(file, text.ToString());
        }

        return 0;
    }

    private static TrainProblem Standardize(TrainProblem problem)
    {
        int features = problem.Rows.Length / problem.Labels.Length;
        double[] rows = [.. problem.Rows];
        for (int k = 0; k < features; k++)
        {
            double[] column = [.. rows.Where((_, i) => i % features == k)];
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
            for (int i = k; i < rows.Length; i += features)
            {
                rows[i] = (rows[i] - mean) / deviation;
            }
        }

        return problem with { Rows = rows };
    }
}
