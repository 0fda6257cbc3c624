using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training;

/// <summary>
/// Bounds how far an objective with an L2 penalty is above its minimum, without a pass over all rows. In the penalised weights the objective curves by at
/// least <c>l2</c>, so that they leave no more than <c>|g|^2 / (2 l2)</c>, where <c>g</c> may be any subgradient (Boyd and Vandenberghe, <i>Convex
/// Optimization</i>, 2004, (9.9)). The biases, which nothing penalises, leave <c>g'H^-1 g / 2</c> with the Hessian <c>H</c> by them, the mean of
/// <c>diag(P) - P P'</c>.
/// </summary>
internal static class OptimalityGap
{
    // The curvature by the biases is needed to a factor, not to digits: so many rows, spread evenly, do.
    private const int SampleRows = 128;

    // Iterations with a gradient within the tolerance, after which Newton's method looks more closely.
    private const int MostFlatIterations = 20;

    /// <summary>Bounds the distance of the objective at the current point of a line from the minimum.</summary>
    /// <param name="objective">The objective; it must have an L2 penalty.</param>
    /// <param name="line">The line.</param>
    /// <param name="negligible">A bound above which there is no need to know it.</param>
    /// <returns>The bound; infinite or NaN where there is none.</returns>
    public static double Bound(Objective objective, ObjectiveLine line, double negligible)
    {
        // What the biases have to go, the weights then have not: (a + b)^2 is at most twice a^2 + b^2.
        double weights = OfWeights(objective, line);
        if (!(2 * weights <= negligible))
        {
            return double.PositiveInfinity;
        }

        bool hasEntropy = objective is { Classes: 2, HasOffsets: false, IsRecentred: false };
        double bound = hasEntropy ? (2 * weights) + OfTwoBiases(objective, line) : double.PositiveInfinity;
        return bound <= negligible ? bound : OfBiases(objective, line);
    }

    /// <summary>
    /// Decides whether a solver whose gradient is within the tolerance goes on, because the penalty will prove that the optimum is near when it is a little
    /// smaller. The part of the biases, which takes a look at rows, is small where the gradient is; whoever asks for the proof looks at it once. Where there
    /// are kinks another proof may be costly, and the biases are looked at each time.
    /// </summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The line.</param>
    /// <param name="monitor">Knows what is negligible, and whether the caller allows another iteration.</param>
    /// <param name="flatIterations">The number of iterations that the solver went on for.</param>
    public static bool MayProve(Objective objective, ObjectiveLine line, TrainingMonitor monitor, int flatIterations) =>
        flatIterations < MostFlatIterations && monitor.MayGoOn && objective.L2 > 0
        && (objective.IsSmooth ? 2 * OfWeights(objective, line) : Bound(objective, line, monitor.NegligibleDecrease)) > monitor.NegligibleDecrease;

    /// <summary>Bounds what the penalised weights leave.</summary>
    /// <returns>The bound; infinite without an L2 penalty.</returns>
    public static double OfWeights(Objective objective, ObjectiveLine line) => OfWeights(objective, line.Point, line.Gradient);

    // At a kink the smallest subgradient bounds best.
    private static double OfWeights(Objective objective, ReadOnlySpan<double> point, ReadOnlySpan<double> smoothGradient)
    {
        if (objective.L2 == 0)
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<double> gradient = objective.IsSmooth ? smoothGradient : objective.Sparsity.NearestSubgradient(point, smoothGradient);
        double sum = 0;
        for (int first = 0; first < gradient.Length; first += objective.RowLength)
        {
            for (int k = 1; k < objective.RowLength; k++)
            {
                double slope = gradient[first + k];
                sum += slope == 0 ? 0 : slope * slope / objective.PenaltyCurvature(k);
            }
        }

        return sum / 2;
    }

    /// <summary>
    /// Takes Newton's step by the biases alone, and adds what the weights then leave: a step of the biases by <c>d</c> changes the slope of a weight
    /// by the mean of <c>(diag(P) - P P') d z_k</c>, <c>z</c> being the centred row. Twice the sum makes up for rows that are not in the sample.
    /// </summary>
    private static double OfBiases(Objective objective, ObjectiveLine line)
    {
        int size = objective.Classes - 1;
        int stride = Cholesky.Stride(size);
        double[] equations = objective.Workspace.Rent(size * stride);
        AddCurvature(objective, line.Point, equations);
        double[] slopes = objective.Workspace.Rent(size);
        for (int j = 0; j < size; j++)
        {
            slopes[j] = line.Gradient[(j + 1) * objective.RowLength];
            equations[(j * stride) + size] = slopes[j];
        }

        double[] step = objective.Workspace.Rent(size);
        double[] inversePivots = objective.Workspace.Rent(size);
        Cholesky.Solve(equations, inversePivots, step);
        for (int j = 0; j < size; j++)
        {
            if (inversePivots[j] == 0 && slopes[j] != 0)
            {
                return double.PositiveInfinity;
            }
        }

        double[] gradient = objective.Workspace.Rent(line.Gradient.Length);
        line.Gradient.CopyTo(gradient);
        MoveBiases(objective, line.Point, step, gradient);
        return VectorAlgebra.Dot(slopes, step) + (2 * OfWeights(objective, line.Point, gradient));
    }

    /// <summary>
    /// Bounds the curvature of two classes by the entropy of their probabilities, which is at most <c>2 log 2 sqrt(p (1 - p))</c> for a row; the mean of the
    /// squares is at least the square of the mean. The mean entropy is <c>L - (W, grad L)</c>, with no pass over the rows. By Schwarz's inequality the mean of
    /// <c>p (1 - p) x_k</c> is at most the root of <c>1/4</c> of that curvature, features having the deviation 1.
    /// </summary>
    private static double OfTwoBiases(Objective objective, ObjectiveLine line)
    {
        double entropy = line.Value + objective.Penalty(line.Point) - VectorAlgebra.Dot(line.Gradient, line.Point);
        double deviation = Math.Max(0, entropy / (2 * Math.Log(2)));
        double step = line.Gradient[objective.RowLength] / deviation;
        double square = step == 0 ? 0 : step * step;
        double weights = 0;
        for (int k = 1; k < objective.RowLength && square > 0; k++)
        {
            weights += square / (2 * objective.PenaltyCurvature(k));
        }

        return square + weights;
    }

    private static void AddCurvature(Objective objective, ReadOnlySpan<double> point, double[] equations)
    {
        double total = objective.VisitProbabilities(point, SampleStride(objective), (_, _, p, weight) =>
        {
            int stride = Cholesky.Stride(p.Length - 1);
            for (int j = 1; j < p.Length; j++)
            {
                for (int l = j; l < p.Length; l++)
                {
                    equations[((j - 1) * stride) + l - 1] += weight * p[j] * (j == l ? 1 - p[j] : -p[l]);
                }
            }
        });
        VectorAlgebra.Scale(1 / total, equations, equations);
    }

    // The gradient by the weights after a step of minus so much of the biases. It is that by a point, and so are rows centred.
    private static void MoveBiases(Objective objective, ReadOnlySpan<double> point, double[] step, double[] gradient)
    {
        double[] change = objective.Workspace.Rent(gradient.Length);
        double total = objective.VisitProbabilities(point, SampleStride(objective), (_, centred, p, weight) =>
        {
            double mean = VectorAlgebra.Dot(p[1..], step);
            for (int j = 0; j < p.Length; j++)
            {
                double residual = weight * p[j] * ((j == 0 ? 0 : step[j - 1]) - mean);
                VectorAlgebra.AddScaled(residual, centred, change.AsSpan(j * centred.Length, centred.Length));
            }
        });
        VectorAlgebra.AddScaled(-1 / total, change, gradient);
    }

    private static long SampleStride(Objective objective) => ((objective.RowCount - 1) / SampleRows) + 1;
}
