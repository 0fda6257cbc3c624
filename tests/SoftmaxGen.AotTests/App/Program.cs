// Trains on iris and prints all that comes out, to the last bit. With the argument `start` it does nothing, to time how long a program takes to start.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics;
using SoftmaxGen;

if (args is ["start"])
{
    return;
}

List<double> rows = [];
List<int> labels = [];
List<string> species = [];
using (StreamReader reader = new(typeof(IrisModel).Assembly.GetManifestResourceStream("iris.csv")!))
{
    reader.ReadLine();
    while (reader.ReadLine() is { } line)
    {
        string[] fields = line.Split(',');
        rows.AddRange(fields[..^1].Select(static field => double.Parse(field, CultureInfo.InvariantCulture)));
        if (!species.Contains(fields[^1]))
        {
            species.Add(fields[^1]);
        }

        labels.Add(species.IndexOf(fields[^1]));
    }
}

Console.WriteLine($"vectors {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}");

double[] features = [.. rows];
TrainingResult<IrisModel> fit = IrisModel.Train(features, labels.ToArray());
Print("double", fit.StopReason, fit.Objective, fit.Model.Weights.ToArray());
double[] probabilities = new double[labels.Count * IrisModel.Classes];
fit.Model.PredictProbabilitiesBatch(features, probabilities);
Print("probabilities", fit.Iterations, probabilities.Max(), probabilities);
int[] predicted = new int[labels.Count];
fit.Model.PredictBatch(features, predicted);
Console.WriteLine($"correct {predicted.Zip(labels).Count(static pair => pair.First == pair.Second)}");

float[] single = [.. rows.Select(static value => (float)value)];
TrainingResult<SingleIrisModel> singleFit = SingleIrisModel.Train(single, labels.Select(static label => label + 1).ToArray());
Print("float", singleFit.StopReason, singleFit.Objective, [.. singleFit.Model.Weights.ToArray().Select(static weight => (double)weight)]);
Console.WriteLine($"first flower {singleFit.Model.Predict(single.AsSpan(0, 4))}");

double[] measurements = [.. Enumerable.Range(0, SparseModel.Features).Select(static k => (0.25 * k) - 3)];
SparseModel.Pretrained.PredictProbabilities(measurements, probabilities.AsSpan(0, SparseModel.Classes));
Print("sparse", SparseModel.Pretrained.Predict(measurements), probabilities[0], probabilities[..SparseModel.Classes]);

static void Print(string title, object how, double value, double[] values) =>
    Console.WriteLine($"{title} {how} {value:R} {string.Join(' ', values.Select(static v => v.ToString("R", CultureInfo.InvariantCulture)))}");
