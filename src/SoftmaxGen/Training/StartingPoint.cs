using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training;

/// <summary>
/// Where a training begins: at the initial weights, near the minimum of a sample, or at zero; never above the objective of zero weights. Large weights that
/// are wrong saturate the probabilities, and no second derivative tells the way back; on the line to zero there are better ones.
/// </summary>
internal static class StartingPoint
{
    // Of the value: a slope towards zero that is steeper comes from weights that are more certain than right.
    private const double Steep = 0.5;

    /// <summary>Finds where a training begins.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="initialWeights">The weights to begin with, <c>C x (m+1)</c>, row-major; empty for none.</param>
    /// <param name="sample">The objective of a sample, or null.</param>
    /// <returns>The objective along a line, at the point.</returns>
    public static ObjectiveLine Find(Objective objective, ReadOnlySpan<double> initialWeights, SampledObjective? sample)
    {
        if (!initialWeights.IsEmpty)
        {
            var line = new ObjectiveLine(objective, FromWeights(objective, initialWeights));
            MoveTowardsZero(objective, line);
            return line;
        }

        if (sample is not null)
        {
            var line = new ObjectiveLine(objective, sample.Minimize());
            if (line.Value <= Math.Log(objective.Classes))
            {
                return line;
            }
        }

        return new ObjectiveLine(objective);
    }

    private static double[] FromWeights(Objective objective, ReadOnlySpan<double> weights)
    {
        Guard.Length(weights.Length, objective.ParameterCount, nameof(TrainingOptions.InitialWeights));
        Guard.Finite(weights, nameof(TrainingOptions.InitialWeights));
        double[] start = objective.Workspace.Rent(objective.ParameterCount);
        weights.CopyTo(start);
        objective.ToPoint(start);
        if (objective.Sparsity is { GroupL1: > 0, L1: 0 })
        {
            // Of weights that give the same probabilities these have the least penalty.
            objective.Centre(start);
        }

        return start;
    }

    private static void MoveTowardsZero(Objective objective, ObjectiveLine line)
    {
        VectorAlgebra.Scale(-1, line.Point, line.Direction);
        double slope = line.Origin.Slope - objective.Sparsity.Value(line.Point);
        if (double.IsFinite(line.Value) && slope >= -objective.Noise(line.Value))
        {
            // The objective is convex: zero is not lower.
            return;
        }

        double value = line.Value + objective.Sparsity.Value(line.Point);
        if (!(line.At(1).Value >= value))
        {
            line.Advance();
        }
        else if (slope < -Steep * value && StrongWolfeLineSearch.Find(line) is not null)
        {
            line.Advance();
        }
    }
}
