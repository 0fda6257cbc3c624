using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method with a line search (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 3.2): steps <c>-H^-1 g</c> with the
/// exact Hessian: see <see cref="NewtonDirection"/>. A few iterations, each as costly as several gradients; the number of right digits
/// doubles with each of the last ones, whatever the condition of the problem.
/// </summary>
internal static class Newton
{
    // Where a class is about to be told from the others the loss falls like exp(-t), and the slope that a step of 1 leaves is 0.37 of the first: too short a
    // step, of which a longer search makes up for several. Near the optimum a step of 1 leaves next to nothing.
    private const double Curvature = 0.3;

    // Of the decrease that was foretold. A loss that falls like exp(-t) deviates by a quarter.
    private const double MostDeviation = 0.1;

    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor) =>
        Resume(objective, line, monitor, monitor.Record(line.Point, line.Value, line.Gradient));

    /// <summary>Goes on minimizing from a point that the monitor was told of, until what is left to gain is negligible.</summary>
    /// <param name="objective">The objective; it must have its Hessian, or so few rows that their <see cref="RowFactor"/> stands for it.</param>
    /// <param name="line">The objective along a line; its direction is left at the last step of Newton's method where the answer is that it converged.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <param name="stop">The reason to stop at the current point, or null; <see cref="StopReason.Converged"/> is not taken for granted.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Resume(Objective objective, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop)
    {
        var direction = new NewtonDirection(objective);
        int lastRecentring = -1;
        int nextRecentring = 0;
        bool keepsCurvature = false;
        while (stop is null or StopReason.Converged)
        {
            // A gradient within the tolerance says little where a feature has next to no curvature, for the sake of one far row or of classes that separate.
            // What counts is half the decrement g'H^-1 g, which the quadratic model has left to give (Boyd and Vandenberghe, Convex Optimization, (9.30)).
            bool isFlat = stop is not null;
            if (isFlat && keepsCurvature && OptimalityGap.OfWeights(objective, line) + direction.RemainingDecrease(line) <= monitor.NegligibleDecrease)
            {
                break;
            }

            bool isNearby = isFlat || monitor.IsWithinRounding;
            bool mayRecentre = monitor.Iterations > lastRecentring;
            double decrease = Set(direction, line, objective.HasHessian);
            bool isNegligible = isNearby && decrease <= Negligible(objective, line, monitor, direction);
            bool isBlurred = (monitor.Iterations >= nextRecentring || (isNegligible && mayRecentre)) && direction.IsIllConditioned;
            if (!isBlurred && isNegligible && !direction.IsExact && !monitor.Recedes && RowFactor.Fit(objective))
            {
                // What a feature that nearly depends on others has to give is not in sums of products.
                decrease = Set(direction, line, bySums: false);
                isNegligible = decrease <= Negligible(objective, line, monitor, direction);
                isBlurred = mayRecentre && direction.Uncertainty > monitor.NegligibleDecrease;
            }

            if (!isBlurred && isNegligible && Answer(line, direction, monitor) is StopReason answer)
            {
                return answer;
            }

            bool mayGoOn = !isFlat || monitor.MayGoOn;
            bool isStuck = !isBlurred && (!mayGoOn || (StrongWolfeLineSearch.Find(line, Curvature) is null && !FindDownhill(line)));
            if (isBlurred || (isStuck && mayGoOn && mayRecentre && (direction.IsIllConditioned || direction.IsByRows)))
            {
                // One far row dictates the deviation of a feature, or the features are the same but for rounding: another look tells which.
                monitor.Recentre(line);
                lastRecentring = monitor.Iterations;
                nextRecentring = (2 * lastRecentring) + 1;
                if (!objective.HasHessian && !RowFactor.Fit(objective))
                {
                    return TrustRegionNewton.Resume(objective, line, monitor, stop);
                }

                direction = new NewtonDirection(objective);
            }
            else if (isStuck)
            {
                Set(direction, line, !direction.IsByRows);
                return (isNearby && decrease <= monitor.NegligibleDecrease ? Answer(line, direction, monitor) : null)
                    ?? (mayGoOn ? StopReason.NoProgress : StopReason.MaxIterations);
            }
            else
            {
                keepsCurvature = IsAsForetold(line, decrease);
                stop = monitor.Advance(line);
            }
        }

        return stop ?? StopReason.Converged;
    }

    // Sets the direction, and tells what the quadratic model has left to give.
    private static double Set(NewtonDirection direction, ObjectiveLine line, bool bySums)
    {
        if (bySums)
        {
            direction.Set(line);
        }
        else
        {
            direction.SetByRows(line);
        }

        return Math.Abs(line.Origin.Slope) / 2;
    }

    // Where the rows tell the direction, no step can be seen to gain less than scores are rounded by.
    private static double Negligible(Objective objective, ObjectiveLine line, TrainingMonitor monitor, NewtonDirection direction) =>
        direction.IsByRows
            ? Math.Clamp(objective.ScoreRounding(line.Point), monitor.AimedDecrease, monitor.NegligibleDecrease)
            : monitor.AimedDecrease;

    private static StopReason? Answer(ObjectiveLine line, NewtonDirection direction, TrainingMonitor monitor)
    {
        StopReason? answer = monitor.Answer(line.Direction, direction.IsExact);
        return answer == StopReason.Converged && direction.Uncertainty > monitor.NegligibleDecrease ? StopReason.NoProgress : answer;
    }

    // A step that gained what the quadratic model foretold has left the curvature about as it was. Where probabilities fade, both fall together, and the
    // curvature of the point before would make little of the gradient that is left.
    private static bool IsAsForetold(ObjectiveLine line, double foretold) =>
        Math.Abs(line.Value - line.TrialValue - foretold) <= (MostDeviation * foretold) + line.Noise;

    // Where the Hessian tells nothing but rounding, the gradient may still tell the way.
    private static bool FindDownhill(ObjectiveLine line)
    {
        VectorAlgebra.Scale(-line.SafeStep, line.Gradient, line.Direction);
        return StrongWolfeLineSearch.Find(line) is not null;
    }
}
