using System.Runtime.InteropServices;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Descent by the gradients of batches: in each epoch the rows are shuffled (Fisher and Yates, 1938; Durstenfeld, 1964) and taken a batch at a time. An epoch
/// ends with a pass over all rows, which tells truly where the training stands.
/// </summary>
internal struct StochasticDescent : ISolver
{
    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly TrainingOptions _options;
    private readonly IStepRule _rule;
    private readonly double[] _order;
    private SplitMix64 _random;
    private int _epoch;

    /// <summary>Initializes a new instance of the <see cref="StochasticDescent"/> struct.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="options">The size of batches, the learning rate and its schedule, and the seed.</param>
    /// <param name="rule">How a gradient becomes a step.</param>
    public StochasticDescent(Objective objective, ObjectiveLine line, TrainingOptions options, IStepRule rule)
    {
        _objective = objective;
        _line = line;
        _options = options;
        _rule = rule;
        _random = new SplitMix64(options.Seed);

        // Two numbers of rows to an element: the workspace has vectors of double.
        _order = objective.Workspace.Rent((int)(objective.RowCount / 2) + 1);
        Span<int> order = Order;
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }
    }

    private readonly Span<int> Order => MemoryMarshal.Cast<double, int>(_order.AsSpan())[..(int)_objective.RowCount];

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        if (isFlat)
        {
            return StopReason.Converged;
        }

        _random.Shuffle(Order);
        ReadOnlySpan<int> left = Order;
        _line.Point.CopyTo(_line.TrialPoint);
        double rate = Rate(_options, _epoch++) * (_options.LearningRate ?? _rule.DefaultRate);
        while (!left.IsEmpty)
        {
            ReadOnlySpan<int> batch = left[..Math.Min(_options.BatchSize, left.Length)];
            _objective.BatchGradient(_line.TrialPoint, batch, _line.Direction);
            _rule.Step(_line.Direction, rate, _line.TrialPoint);
            left = left[batch.Length..];
        }

        _objective.CountEpoch();
        return double.IsFinite(_line.EvaluateTrial()) ? null : StopReason.Diverged;
    }

    private static double Rate(TrainingOptions options, int epoch) => options.LearningRateSchedule switch
    {
        LearningRateSchedule.InverseTime => 1.0 / (1 + epoch),
        LearningRateSchedule.InverseSquareRoot => 1 / Math.Sqrt(1 + epoch),
        LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * epoch / options.Epochs)) / 2,
        _ => 1,
    };
}
