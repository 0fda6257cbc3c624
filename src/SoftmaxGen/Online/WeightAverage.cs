namespace SoftmaxGen.Online;

/// <summary>
/// The mean of the weights after every step from some step on, which varies much less than the last of them (Polyak and Juditsky, <i>Acceleration of
/// stochastic approximation by averaging</i>, 1992).
/// </summary>
internal sealed class WeightAverage(long after, int length)
{
    private readonly double[] _mean = new double[length];
    private long _steps;

    /// <summary>Gets a value indicating whether there is a mean.</summary>
    public bool Exists => _steps > after;

    /// <summary>Gets the mean.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Counts a step: the mean of <c>n</c> weights moves by an n-th of the way to the newest.</summary>
    public void Add(OnlineSteps steps)
    {
        _steps++;
        if (!Exists)
        {
            return;
        }

        double share = 1.0 / (_steps - after);
        ReadOnlySpan<double> weights = steps.Weights;
        for (int i = 0; i < _mean.Length; i++)
        {
            _mean[i] += share * (weights[i] - _mean[i]);
        }
    }

    /// <summary>Writes or reads the mean.</summary>
    public void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        state.Numbers(_mean);
    }
}
