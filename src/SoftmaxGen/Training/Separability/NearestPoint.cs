using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>
/// The point of the convex hull of some vectors that is nearest to the origin, by the active-set method for nonnegative least squares (Lawson and
/// Hanson, <i>Solving Least Squares Problems</i>, 1974, chapter 23): it minimises <c>|A'w|^2 + (1 - sum_i w_i)^2</c> over <c>w >= 0</c>. The residual
/// <c>r = (-A'w, 1 - sum_i w_i)</c> decides Gordan's alternative. Where it is not 0, <c>d = A'w</c> has <c>a_i'd >= |r|^2</c> for every vector
/// <c>a_i</c>: the hyperplane through the origin with the normal <c>d</c> has all of them strictly on one side. Where it is 0, the weights <c>w</c>
/// show that there is no such hyperplane.
/// </summary>
/// <param name="dimension">The length of the vectors; none is longer than 1.</param>
internal sealed class NearestPoint(int dimension)
{
    // Products of rounded vectors, and what the factors add.
    private const double RoundingUnits = 64;

    private readonly List<double[]> _vectors = [];
    private readonly List<int> _active = [];
    private readonly List<double> _weights = [];
    private readonly OrthogonalFactors _factors = new(dimension + 1);
    private readonly double[] _residual = Origin(dimension);

    /// <summary>Gets the part of a length that rounding may make up: that of as many products as a vector has elements.</summary>
    public double Rounding { get; } = RoundingIn(dimension);

    /// <summary>
    /// Gets the length of the residual: 1 at first, and 0 but for rounding where no hyperplane separates the vectors from the origin.
    /// </summary>
    public double Distance { get; private set; } = 1;

    /// <summary>Gets the least product of a vector with the normal that is to be expected, <c>1 - sum_i w_i</c>.</summary>
    public double Margin => _residual[dimension];

    /// <summary>
    /// Gets the vectors that the nearest point proves to hold with equality where it is the origin. For any <c>d</c> with
    /// <c>a_i'd >= 0</c> for all vectors, <c>w_i a_i'd &lt;= sum_i w_i a_i'd &lt;= |r| |d|</c>:
    /// a vector whose weight is rounding proves nothing, and the one with the largest weight most.
    /// </summary>
    /// <param name="resolution">The product <c>a_i'd</c> with a <c>d</c> of length 1 that counts as equality.</param>
    /// <returns>The vectors, at least one where there are any.</returns>
    public IEnumerable<double[]> Equalities(double resolution)
    {
        // The weights themselves are rounded, even where the residual is 0.
        double rounding = Math.Max(Distance, Rounding / RoundingUnits);
        double least = _weights.Count == 0 ? 0 : Math.Min(_weights.Max(), rounding / resolution);
        return Enumerable.Range(0, _active.Count).Where(i => _weights[i] >= least).Select(i => _vectors[_active[i]][..dimension]);
    }

    /// <summary>Gets the rounding of the products of vectors.</summary>
    public static double RoundingIn(int dimension) => RoundingUnits * (dimension + 1) * (double.BitIncrement(1) - 1);

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">The vector; kept.</param>
    public void Add(ReadOnlySpan<double> vector) => _vectors.Add([.. vector, 1]);

    /// <summary>Reads the normal <c>d</c>.</summary>
    public void CopyNormalTo(Span<double> normal) => VectorAlgebra.Scale(-1, _residual.AsSpan(0, dimension), normal);

    /// <summary>Finds the nearest point.</summary>
    /// <returns>Whether it is nearer than before.</returns>
    public bool Solve()
    {
        bool isNearer = false;
        while (Distance > Rounding && FindEntering() is int entering && Enter(entering))
        {
            isNearer = true;
        }

        return isNearer;
    }

    private static double[] Origin(int dimension)
    {
        double[] origin = new double[dimension + 1];
        origin[dimension] = 1;
        return origin;
    }

    /// <summary>The vector that the residual says most of all to weigh more; null where none would bring the point nearer.</summary>
    private int? FindEntering()
    {
        int? best = null;
        double largest = Rounding * Distance;
        for (int i = 0; i < _vectors.Count; i++)
        {
            double slope = VectorAlgebra.Dot(_vectors[i], _residual);
            if (slope > largest && !_active.Contains(i))
            {
                (best, largest) = (i, slope);
            }
        }

        return best;
    }

    private bool Enter(int index)
    {
        double before = Distance;
        if (!_factors.TryAppend(_vectors[index]))
        {
            return false;
        }

        _active.Add(index);
        _weights.Add(0);
        while (true)
        {
            double[] target = _factors.Solve();
            double step = StepTo(target);
            for (int i = 0; i < target.Length; i++)
            {
                _weights[i] += step * (target[i] - _weights[i]);
            }

            if (step == 1)
            {
                break;
            }

            RemoveWeightless(target);
        }

        Distance = _factors.Residual(_residual);
        return Distance < before;
    }

    /// <summary>How far the weights can go towards their target before the first is 0.</summary>
    private double StepTo(double[] target)
    {
        double step = 1;
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] <= 0)
            {
                step = Math.Min(step, _weights[i] / (_weights[i] - target[i]));
            }
        }

        return double.IsNaN(step) ? 0 : step;
    }

    // At least one, the first to come to 0, whatever its last digit says.
    private void RemoveWeightless(double[] target)
    {
        int first = -1;
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] <= 0 && (first < 0 || _weights[i] < _weights[first]))
            {
                first = i;
            }
        }

        for (int i = target.Length - 1; i >= 0; i--)
        {
            if (i == first || (target[i] <= 0 && _weights[i] <= 0))
            {
                _active.RemoveAt(i);
                _weights.RemoveAt(i);
                _factors.Remove(i);
            }
        }
    }
}
