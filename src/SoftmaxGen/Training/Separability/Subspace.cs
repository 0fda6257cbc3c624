using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>A space that vectors span, held as directions at right angles to each other.</summary>
internal sealed class Subspace
{
    /// <summary>
    /// The part of a vector of length 1 outside of the space below which the vector lies in it. The directions of vectors that depend on each other
    /// but for this much are known to <c>2e-16 / 1e-8</c>, so that a smaller part may be nothing but rounding.
    /// </summary>
    public const double Resolution = 1e-8;

    private readonly List<double[]> _directions = [];

    /// <summary>
    /// Takes off a vector the part of it that lies in the space. Twice, so that the rest is at right angles to the space in its last digits.
    /// </summary>
    public void TakeOff(Span<double> vector)
    {
        for (int time = 0; time < 2; time++)
        {
            foreach (double[] direction in _directions)
            {
                VectorAlgebra.AddScaled(-VectorAlgebra.Dot(direction, vector), direction, vector);
            }
        }
    }

    /// <summary>Lets the space span more vectors, those first that are farthest outside of it.</summary>
    /// <param name="vectors">The vectors, not longer than 1.</param>
    /// <returns>Whether the space has grown.</returns>
    public bool Extend(IEnumerable<double[]> vectors)
    {
        int before = _directions.Count;
        List<double[]> rests = [.. vectors.Select(vector => (double[])vector.Clone())];
        while (rests.Count > 0)
        {
            rests.ForEach(rest => TakeOff(rest));
            double[] farthest = rests.MaxBy(rest => VectorAlgebra.Norm(rest))!;
            double norm = VectorAlgebra.Norm(farthest);
            if (!(norm > Resolution))
            {
                break;
            }

            rests.Remove(farthest);
            VectorAlgebra.Scale(1 / norm, farthest, farthest);
            _directions.Add(farthest);
        }

        return _directions.Count > before;
    }
}
