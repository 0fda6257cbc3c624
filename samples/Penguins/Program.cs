// Tells three species of penguins apart: categories, blanks and measurements, from the file to a model that is trained, evaluated, saved and explained.
using System.Globalization;
using Penguins;
using SoftmaxGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Penguin[] penguins = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "penguins.csv")).Skip(1).Select(Penguin.Parse)];

// Every fourth penguin is kept apart, to see how the model does on penguins that it was not trained on.
Penguin[] known = [.. penguins.Where((_, i) => i % 4 != 0)];
Penguin[] others = [.. penguins.Where((_, i) => i % 4 == 0)];

TrainingResult<PenguinModel> fit = PenguinModel.Train(known, new TrainingOptions { Standardize = true, L2 = 0.001 });
PenguinModel model = fit.Model;
Evaluation evaluation = model.Evaluate(others);
Console.WriteLine($"{fit.StopReason}; {others.Length} other penguins: accuracy {evaluation.Accuracy:P1}, log loss {evaluation.LogLoss:F3}");

// The file holds the names of all columns: a model with other islands refuses it.
string file = Path.Combine(Path.GetTempPath(), "penguins.softmax.json");
fit.Save(file);
model = PenguinModel.Load(file);

// One penguin, of which nobody noted the sex: what speaks for the species, member by member.
Penguin blank = others.First(static penguin => penguin.Sex is null && penguin.BillLength is not null);
double[] columns = new double[PenguinModel.Features];
Explanation<Species, double> why = model.Explain(blank, columns);
double[] members = new double[PenguinModel.Shape.FeatureGroups.Count];
PenguinModel.Shape.SumByGroup<double>(columns, members);
Console.WriteLine($"{blank}");
Console.WriteLine($"{why.Label} rather than {why.RunnerUp}, by {why.Margin:F2}: bias {why.Bias:F2}");
foreach ((FeatureGroup group, double part) in PenguinModel.Shape.FeatureGroups.Zip(members))
{
    Console.WriteLine($"  {group.Name,-20} {part,8:F2}");
}
