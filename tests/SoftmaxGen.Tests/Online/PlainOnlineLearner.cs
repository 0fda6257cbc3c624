using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Online;

/// <summary>Stochastic gradient steps from the formulas, on the mean gradient of a batch.</summary>
internal sealed class PlainOnlineLearner(double[] start, int features, OnlineOptions options)
{
    private readonly double[] _weights = [.. start];
    private readonly double[] _squares = new double[start.Length];
    private readonly List<double[]> _averaged = [];
    private long _steps;

    /// <summary>Gets the weights of a snapshot: the plain mean over the averaged steps, when there are some.</summary>
    public double[] Snapshot =>
        _averaged.Count == 0 ? [.. _weights] : [.. _weights.Select((_, i) => _averaged.Average(weights => weights[i]))];

    /// <summary>Takes a step.</summary>
    /// <returns>The mean loss before it.</returns>
    public double Step(double[] rows, int[] classIndices)
    {
        MeanLoss mean = PlainSoftmax.LossAndGradient(_weights, rows, classIndices);
        double rate = options.LearningRate / (1 + (options.Decay * _steps));
        for (int i = 0; i < _weights.Length; i++)
        {
            bool isBias = i % (features + 1) == 0;
            double gradient = mean.Gradient[i] + (isBias ? 0 : options.L2 * _weights[i]);
            _squares[i] += gradient * gradient;
            _weights[i] -= rate * gradient / (options.Method == OnlineMethod.AdaGrad ? Math.Sqrt(_squares[i]) + 1e-10 : 1);
        }

        _steps++;
        if (_steps > options.AverageAfter)
        {
            _averaged.Add([.. _weights]);
        }

        return mean.Loss;
    }
}
