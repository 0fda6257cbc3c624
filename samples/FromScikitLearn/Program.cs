// Takes over a model that scikit-learn has fitted, its StandardScaler included, and compares the probabilities with those of scikit-learn.
using System.Globalization;
using FromScikitLearn;
using SoftmaxGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
WineModel model = SklearnImport.Load<WineModel, double>(Beside("wine.sklearn.json"));

string[][] wines = [.. File.ReadLines(Beside("wine.csv")).Skip(1).Select(static line => line.Split(','))];
double[][] theirs = [.. File.ReadLines(Beside("wine.probabilities.csv")).Select(static line => Array.ConvertAll(line.Split(','), Number))];
double[] ours = new double[WineModel.Classes];
double difference = 0;
int right = 0;
for (int i = 0; i < wines.Length; i++)
{
    // Raw measurements: mean and scale of the scaler are folded into the weights.
    double[] features = Array.ConvertAll(wines[i][..^1], Number);
    model.PredictProbabilities(features, ours);
    difference = ours.Zip(theirs[i], static (our, their) => Math.Abs(our - their)).Append(difference).Max();
    right += model.PredictName(features) == wines[i][^1] ? 1 : 0;
}

Console.WriteLine($"{wines.Length} wines, {right} of them told right");
Console.WriteLine($"Probabilities differ from those of scikit-learn by less than 1e-12: {difference < 1e-12}");

// From here on the model is one like any other: saved, baked into a program, served.
model.Save(Path.Combine(Path.GetTempPath(), "wine.softmax.json"));

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
