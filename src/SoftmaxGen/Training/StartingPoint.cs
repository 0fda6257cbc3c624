using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training;

/// <summary>
/// Where a training begins that was given initial weights: never above the objective of zero weights. Large weights that are wrong saturate the
/// probabilities, and no second derivative tells the way back; on the line to zero there are better ones.
/// </summary>
internal static class StartingPoint
{
    // Of the value: a slope towards zero that is steeper comes from weights that are more certain than right.
    private const double Steep = 0.5;

    /// <summary>Moves the current point of a line towards zero where that is lower.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line, at the initial weights.</param>
    public static void MoveTowardsZero(Objective objective, ObjectiveLine line)
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
