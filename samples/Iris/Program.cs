// Learns to tell three species of iris apart and shows what was learned.
using System.Globalization;
using Iris;
using SoftmaxGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Flower[] flowers = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "iris.csv")).Skip(1).Select(Flower.Parse)];

// Train.
TrainingResult<IrisModel> fit = IrisModel.Train(flowers);
IrisModel model = fit.Model;
Console.WriteLine($"Stopped: {fit.StopReason} after {fit.Iterations} iterations, objective {fit.Objective:F6}");

// Predict every flower and count which species was taken for which.
ILookup<Species, Species> predicted = flowers.ToLookup(flower => flower.Species, flower => model.Predict(flower));
double accuracy = predicted.Sum(guesses => guesses.Count(guess => guess == guesses.Key)) / (double)flowers.Length;
Console.WriteLine($"Accuracy on the training set: {accuracy:F4}");

Species[] all = Enum.GetValues<Species>();
Console.WriteLine();
Console.WriteLine($"{"actual",-12}{string.Concat(all.Select(guess => $"{guess,12}"))}  <- predicted");
foreach (Species actual in all)
{
    Console.WriteLine($"{actual,-12}{string.Concat(all.Select(guess => $"{predicted[actual].Count(species => species == guess),12}"))}");
}

// How sure is the model? One clear flower of each species, and one that it gets wrong.
Console.WriteLine();
Console.WriteLine($"{"flower",-6}  {"species",-12}{string.Concat(all.Select(species => $"{$"P({species})",15}"))}");
double[] probabilities = new double[IrisModel.Classes];
foreach (int i in (int[])[0, 50, 100, 83])
{
    model.PredictProbabilities(flowers[i], probabilities);
    Console.WriteLine($"{i + 1,6}  {flowers[i].Species,-12}{string.Concat(probabilities.Select(probability => $"{probability,15:F4}"))}");
}
