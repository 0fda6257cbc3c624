// Learns to tell three species of iris apart and shows what was learned.
using System.Globalization;
using Iris;
using SoftmaxGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Flowers flowers = Flowers.Read(Path.Combine(AppContext.BaseDirectory, "iris.csv"));
string[] names = flowers.SpeciesNames;

// Train.
TrainingResult<IrisModel> fit = IrisModel.Train(flowers.Measurements, flowers.Species);
IrisModel model = fit.Model;
Console.WriteLine($"Stopped: {fit.StopReason} after {fit.Iterations} iterations, objective {fit.Objective:F6}");

// Predict every flower and count which species was taken for which.
int[] predicted = new int[flowers.Count];
model.PredictBatch(flowers.Measurements, predicted);
(int Actual, int Predicted)[] outcomes = [.. flowers.Species.Zip(predicted)];
double accuracy = outcomes.Count(outcome => outcome.Actual == outcome.Predicted) / (double)outcomes.Length;
Console.WriteLine($"Accuracy on the training set: {accuracy:F4}");

Console.WriteLine();
Console.WriteLine($"{"actual",-12}{string.Concat(names.Select(name => $"{name,12}"))}  <- predicted");
for (int actual = 0; actual < names.Length; actual++)
{
    IEnumerable<string> counts = names.Select((_, guess) => $"{outcomes.Count(outcome => outcome == (actual, guess)),12}");
    Console.WriteLine($"{names[actual],-12}{string.Concat(counts)}");
}

// How sure is the model? One clear flower of each species, and one that it gets wrong.
Console.WriteLine();
Console.WriteLine($"{"flower",-6}  {"species",-12}{string.Concat(names.Select(name => $"{$"P({name})",15}"))}");
Span<double> probabilities = stackalloc double[IrisModel.Classes];
foreach (int flower in (int[])[0, 50, 100, 83])
{
    model.PredictProbabilities(flowers.MeasurementsOf(flower), probabilities);
    Console.Write($"{flower + 1,6}  {names[flowers.Species[flower]],-12}");
    foreach (double probability in probabilities)
    {
        Console.Write($"{probability,15:F4}");
    }

    Console.WriteLine();
}
