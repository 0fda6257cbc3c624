using System.Numerics;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>A generated model under test, through the interface that generic code uses.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">Its type of features.</typeparam>
internal sealed class TypedShapeCase<TModel, T>() : ShapeCase(TModel.Shape)
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override MeanLoss RowMajor(double[] weights, double[] rows, int[] labels)
    {
        T[] gradient = Garbage(Shape.ParameterCount);
        double loss = TModel.LossAndGradient(Narrow(weights), Narrow(rows), labels, gradient);
        return new MeanLoss(loss, Widen(gradient));
    }

    public override IPackedSet Pack(double[] rows, int[] labels, double[]? rowWeights = null) =>
        new PackedSet(Narrow(rows), labels, rowWeights is null ? [] : Narrow(rowWeights));

    public override IPredictor FromWeights(double[] weights) => new Predictor(TModel.FromWeights(Narrow(weights)));

    private static T[] Narrow(double[] values) => Array.ConvertAll(values, T.CreateChecked);

    private static double[] Widen(T[] values) => Array.ConvertAll(values, double.CreateChecked);

    // What a member does not write shows.
    private static T[] Garbage(int length)
    {
        T[] values = new T[length];
        Array.Fill(values, T.NaN);
        return values;
    }

    private sealed class PackedSet(T[] rows, int[] labels, T[] rowWeights) : IPackedSet
    {
        private readonly TrainingSet<TModel, T> _set = TModel.CreateTrainingSet(rows, labels, rowWeights);

        public MeanLoss LossAndGradient(double[] weights, int maxThreads = 1)
        {
            double[] gradient = new double[weights.Length];
            Array.Fill(gradient, double.NaN);
            return new MeanLoss(_set.LossAndGradient(weights, gradient, maxThreads), gradient);
        }

        public double[] HessianProduct(double[] weights, double[] direction, int maxThreads = 1)
        {
            double[] product = new double[weights.Length];
            Array.Fill(product, double.NaN);
            _set.HessianProduct(weights, direction, product, maxThreads);
            return product;
        }

        public double[] Hessian(double[] weights, int maxThreads = 1)
        {
            double[] hessian = new double[weights.Length * weights.Length];
            Array.Fill(hessian, double.NaN);
            _set.Hessian(weights, hessian, maxThreads);
            return hessian;
        }

        public void Dispose() => _set.Dispose();
    }

    private sealed class Predictor(TModel model) : IPredictor
    {
        public int Predict(double[] features) => model.Predict(Narrow(features));

        public double[] Scores(double[] features)
        {
            T[] scores = Garbage(TModel.Shape.Classes);
            model.PredictScores(Narrow(features), scores);
            return Widen(scores);
        }

        public double[] Probabilities(double[] features)
        {
            T[] probabilities = Garbage(TModel.Shape.Classes);
            model.PredictProbabilities(Narrow(features), probabilities);
            return Widen(probabilities);
        }

        public int[] PredictBatch(double[] rows)
        {
            int[] labels = new int[rows.Length / TModel.Shape.Features];
            Array.Fill(labels, int.MinValue);
            model.PredictBatch(Narrow(rows), labels);
            return labels;
        }

        public double[] ProbabilitiesBatch(double[] rows)
        {
            T[] probabilities = Garbage(rows.Length / TModel.Shape.Features * TModel.Shape.Classes);
            model.PredictProbabilitiesBatch(Narrow(rows), probabilities);
            return Widen(probabilities);
        }
    }
}
