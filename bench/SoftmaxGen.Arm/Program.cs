using System.Globalization;
using System.Numerics;
using SoftmaxGen;
using SoftmaxGen.Arm;

// Arguments: a model, a piece of work, rows and repetitions. The work is done so often on so many rows; what its instructions are a row is the difference of two runs.
(string model, string work, int rows, int repetitions) = (args[0], args[1], Number(args[2]), Number(args[3]));
double result = model switch
{
    "2x30" => Work<Model2x30, double>(),
    "3x4" => Work<Model3x4, double>(),
    "4x8" => Work<Model4x8, double>(),
    "10x16" => Work<Model10x16, double>(),
    "10x64" => Work<Model10x64, double>(),
    "26x16" => Work<Model26x16, double>(),
    "10x16-single" => Work<Single10x16, float>(),
    _ => throw new ArgumentException($"There is no model {model}."),
};
Console.WriteLine(result);

double Work<TModel, T>()
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    (int classes, int features) = (TModel.Shape.Classes, TModel.Shape.Features);
    var random = new Random(1);
    T[] Numbers(int length, double size) => [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(size * ((2 * random.NextDouble()) - 1)))];
    T[] x = Numbers(rows * features, 1);
    int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % classes)];
    T[] narrow = Numbers(classes * (features + 1), 0.3);
    double[] weights = [.. narrow.Select(static weight => double.CreateTruncating(weight))];
    using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(x, labels);
    TModel predictor = TModel.FromWeights(narrow);
    double[] sum = new double[weights.Length];
    T[] gradient = new T[weights.Length];
    double[] hessian = new double[work == "hessian" ? weights.Length * weights.Length : 0];
    T[] probabilities = new T[rows * classes];
    int[] found = new int[rows];
    for (int i = 0; i < repetitions; i++)
    {
        switch (work)
        {
            case "gradient": set.LossAndGradient(weights, sum); break;
            case "row-major": TModel.LossAndGradient(narrow, x, labels, gradient); break;
            case "product": set.HessianProduct(weights, weights, sum); break;
            case "hessian": set.Hessian(weights, hessian); break;
            case "batch-labels": predictor.PredictBatch(x, found); break;
            case "batch-probabilities": predictor.PredictProbabilitiesBatch(x, probabilities); break;
            case "label": found[0] += Label(predictor); break;
            case "probabilities": Probabilities(predictor); break;
            default: throw new ArgumentException($"There is no work {work}.");
        }
    }

    return sum[0] + double.CreateTruncating(gradient[0] + probabilities[0]) + found[0] + (hessian.Length > 0 ? hessian[0] : 0);

    int Label(TModel predictor)
    {
        int all = 0;
        for (int row = 0; row < rows; row++)
        {
            all += predictor.Predict(x.AsSpan(row * features, features));
        }

        return all;
    }

    void Probabilities(TModel predictor)
    {
        for (int row = 0; row < rows; row++)
        {
            predictor.PredictProbabilities(x.AsSpan(row * features, features), probabilities.AsSpan(row * classes, classes));
        }
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
