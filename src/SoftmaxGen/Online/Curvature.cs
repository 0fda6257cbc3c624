namespace SoftmaxGen.Online;

/// <summary>
/// The curvature of all rows learned from so far, inverted: how far the weights of <c>z</c> are from certain. Each row adds <c>(diag(p) - p p^T) (x) z z^T</c>,
/// the Hessian of its loss, and a step is <c>-(inverse) * gradient</c>: the online Newton step (Hazan, Agarwal and Kale, <i>Logarithmic regret algorithms
/// for online convex optimization</i>, 2007), which for this loss is the extended Kalman filter (Ollivier, <i>Online natural gradient as a Kalman
/// filter</i>, 2018).
/// </summary>
internal abstract class Curvature
{
    // A matrix of this size takes 512 KiB and lies in the second-level cache; a row of 10 x 16, whose matrix has 153 x 153 elements, takes 31 microseconds.
    private const int LargestMatrix = 256;

    /// <summary>Chooses the form for a shape: the whole matrix where it has at most 256 x 256 elements, and its diagonal beyond.</summary>
    /// <returns>The curvature, without evidence: nothing can move yet.</returns>
    public static Curvature Choose(ModelShape shape)
    {
        int columns = shape.Features + 1;
        return (shape.Classes - 1) * (long)columns <= LargestMatrix
            ? new FullCurvature(shape.Classes, columns)
            : new DiagonalCurvature(shape.Classes, columns);
    }

    /// <summary>Lets the weights of a column move, as far as the evidence for the start leaves open.</summary>
    /// <param name="column">The column of <c>z</c>; its weights stood still so far.</param>
    /// <param name="evidence">The evidence.</param>
    public abstract void Free(int column, Evidence evidence);

    /// <summary>Adds the curvature of a row.</summary>
    public abstract void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> probabilities, double rowWeight);

    /// <summary>Computes the step along the gradient of the row that was added last.</summary>
    public abstract void Step(ReadOnlySpan<double> row, ReadOnlySpan<double> residuals, Span<double> step);

    /// <summary>Writes or reads the curvature.</summary>
    public abstract void Exchange(IStateExchange state);
}
