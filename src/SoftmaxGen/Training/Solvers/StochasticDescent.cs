using System.Buffers;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Descent by the gradients of batches: in each epoch the rows are shuffled (Fisher and Yates, 1938; Durstenfeld, 1964) and taken a batch at a time. An epoch
/// ends with a pass over all rows, which tells truly where the training stands.
/// </summary>
internal static class StochasticDescent
{
    /// <summary>Minimizes an objective from the current point of a line.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every epoch; keeps the best point and decides when to stop.</param>
    /// <param name="options">The size of batches, the learning rate and its schedule, and the seed.</param>
    /// <param name="rule">How a gradient becomes a step.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor, TrainingOptions options, IStepRule rule)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(objective.RowCount);
        Span<int> order = rented.AsSpan(0, objective.RowCount);
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        var random = new SplitMix64(options.Seed);
        StopReason? stop = monitor.Record(line.Point, line.Value, line.Gradient);
        for (int epoch = 0; stop is null; epoch++)
        {
            random.Shuffle(order);
            line.Point.CopyTo(line.TrialPoint);
            double rate = Rate(options, epoch) * (options.LearningRate ?? rule.DefaultRate);
            while (!order.IsEmpty)
            {
                ReadOnlySpan<int> batch = order[..Math.Min(options.BatchSize, order.Length)];
                objective.BatchGradient(line.TrialPoint, batch, line.Direction);
                rule.Step(line.Direction, rate, line.TrialPoint);
                order = order[batch.Length..];
            }

            order = rented.AsSpan(0, objective.RowCount);
            objective.CountEpoch();
            stop = double.IsFinite(line.EvaluateTrial()) ? monitor.Advance(line) : StopReason.Diverged;
        }

        ArrayPool<int>.Shared.Return(rented);
        return stop.Value;
    }

    private static double Rate(TrainingOptions options, int epoch) => options.LearningRateSchedule switch
    {
        LearningRateSchedule.InverseTime => 1.0 / (1 + epoch),
        LearningRateSchedule.InverseSquareRoot => 1 / Math.Sqrt(1 + epoch),
        LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * epoch / options.Epochs)) / 2,
        _ => 1,
    };
}
