using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training;

/// <summary>
/// The penalty with kinks, which makes weights exactly 0: <c>l1 * |U|_1 + groupL1 * sum_k ||U_k||_2</c>, where <c>U_k</c> are the penalised weights of feature
/// <c>k</c> for all classes (Yuan and Lin, <i>Model selection and estimation in regression with grouped variables</i>, J. R. Stat. Soc. B 68, 2006; with both,
/// Simon, Friedman, Hastie and Tibshirani, <i>A sparse-group lasso</i>, J. Comput. Graph. Stat. 22, 2013). By the coordinates <c>V_k</c> of the feature it is
/// <c>l1 u_k |V_k|_1 + groupL1 u_k ||V_k||_2</c>. Not thread-safe; no call allocates.
/// </summary>
internal readonly struct SparsityPenalty
{
    private readonly Coordinates _coordinates;
    private readonly int _classes;
    private readonly int _columns;
    private readonly double[] _point;
    private readonly double[] _slopes;
    private readonly double[] _subgradient;

    /// <summary>Initializes a new instance of the <see cref="SparsityPenalty"/> struct.</summary>
    /// <param name="coordinates">The coordinates; they must stay what they are.</param>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="l1">The strength for each weight; finite and not negative.</param>
    /// <param name="groupL1">The strength for the weights of a feature; finite and not negative.</param>
    /// <param name="workspace">Where vectors are rented.</param>
    public SparsityPenalty(Coordinates coordinates, ModelShape shape, double l1, double groupL1, Workspace workspace)
    {
        _coordinates = coordinates;
        _classes = shape.Classes;
        _columns = shape.Features + 1;
        L1 = l1;
        GroupL1 = groupL1;
        _point = workspace.Rent(_classes);
        _slopes = workspace.Rent(_classes);
        _subgradient = workspace.Rent(Exists ? _classes * _columns : 0);
    }

    /// <summary>Gets the strength for each weight.</summary>
    public double L1 { get; }

    /// <summary>Gets the strength for the weights of a feature.</summary>
    public double GroupL1 { get; }

    /// <summary>Gets a value indicating whether there is such a penalty.</summary>
    public bool Exists => L1 > 0 || GroupL1 > 0;

    /// <summary>Gets the number of blocks of coordinates of which the penalty is the sum: all coordinates, or the biases and the features.</summary>
    public int BlockCount => GroupL1 > 0 ? _classes + _columns - 1 : _classes * _columns;

    /// <summary>Gets a block of coordinates.</summary>
    public CoordinateBlock Block(int index) => GroupL1 == 0 ? new CoordinateBlock(index, 1, _columns)
        : index < _classes ? new CoordinateBlock(index * _columns, 1, _columns)
        : new CoordinateBlock(index - _classes + 1, _classes, _columns);

    /// <summary>Computes the penalty.</summary>
    public double Value(ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (int b = 0; Exists && b < BlockCount; b++)
        {
            CoordinateBlock block = Block(b);
            double magnitudes = 0;
            double squares = 0;
            for (int i = 0; i < block.Count; i++)
            {
                double x = point[block[i]];
                magnitudes += Math.Abs(x);
                squares += x * x;
            }

            sum += Factor(block.First) * ((L1 * magnitudes) + (GroupL1 * Math.Sqrt(squares)));
        }

        return sum;
    }

    /// <summary>
    /// Minimises <c>||z - x||^2 / 2 + step * penalty(z)</c> over the coordinates of a block: soft thresholding, then the whole is shortened.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="elements">The elements <c>x</c>; receives the minimum.</param>
    /// <param name="step">The step; not negative.</param>
    public void Shrink(CoordinateBlock block, Span<double> elements, double step)
    {
        double factor = step * Factor(block.First);
        double threshold = L1 * factor;
        foreach (ref double x in elements)
        {
            x = x > threshold ? x - threshold : x < -threshold ? x + threshold : 0;
        }

        Subgradient.Shorten(elements, GroupL1 * factor);
    }

    /// <summary>Finds the subgradient nearest to zero, by the coordinates.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">The gradient of the smooth part by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The subgradient, <c>C x (m+1)</c>, row-major, until the next call; it has a NaN where the gradient has one.</returns>
    public ReadOnlySpan<double> NearestSubgradient(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        for (int b = 0; b < BlockCount; b++)
        {
            CoordinateBlock block = Block(b);
            Span<double> slopes = _slopes.AsSpan(0, block.Count);
            block.Gather(gradient, slopes);
            FindNearest(block, point, slopes, Factor(block.First));
            block.Scatter(slopes, _subgradient);
        }

        return _subgradient;
    }

    /// <summary>Computes the square of the length of the subgradient nearest to zero, by the coordinates.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">The gradient of the smooth part by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The square; NaN when an element is NaN.</returns>
    public double SquaredSteepness(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        ReadOnlySpan<double> subgradient = NearestSubgradient(point, gradient);
        return VectorAlgebra.Dot(subgradient, subgradient);
    }

    /// <summary>
    /// Finds the largest magnitude of the subgradient nearest to zero by the weights that the penalty acts on, which is 0 exactly where the conditions of
    /// Karush, Kuhn and Tucker hold.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">The gradient of the smooth part by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The magnitude; NaN when an element is NaN.</returns>
    public double GradientNorm(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double largest = 0;
        for (int b = 0; b < BlockCount; b++)
        {
            CoordinateBlock block = Block(b);
            int column = block.First % _columns;
            Span<double> slopes = _slopes.AsSpan(0, block.Count);
            for (int i = 0; i < block.Count; i++)
            {
                slopes[i] = _coordinates.PenalisedSlope(gradient.Slice(block[i] - column, _columns), column);
            }

            FindNearest(block, point, slopes, column == 0 ? 0 : 1);
            foreach (double slope in slopes)
            {
                largest = Math.Max(largest, Math.Abs(slope));
            }
        }

        return largest;
    }

    /// <summary>Finds the coordinates of a block by which the penalty is smooth, and its slopes by them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="free">Receives the coordinates.</param>
    /// <param name="slopes">Receives the slopes.</param>
    /// <returns>The number of these coordinates.</returns>
    public int FindFree(CoordinateBlock block, ReadOnlySpan<double> point, Span<int> free, Span<double> slopes)
    {
        double factor = Factor(block.First);
        double length = factor > 0 && GroupL1 > 0 ? Length(block, point) : 1;
        int count = 0;
        for (int i = 0; i < block.Count && length > 0; i++)
        {
            double x = point[block[i]];

            // The bias of class 0 may stay where it is: the loss depends on differences alone.
            if (block[i] > 0 && (x != 0 || L1 == 0 || factor == 0))
            {
                free[count] = block[i];
                slopes[count++] = factor * ((L1 * Math.Sign(x)) + (GroupL1 * (x / length)));
            }
        }

        return count;
    }

    /// <summary>Computes a second derivative of the penalty by two coordinates at no kink.</summary>
    public double Curvature(ReadOnlySpan<double> point, int first, int second)
    {
        int column = first % _columns;
        if (GroupL1 == 0 || column == 0 || second % _columns != column)
        {
            return 0;
        }

        double length = Length(new CoordinateBlock(column, _classes, _columns), point);
        double cosines = point[first] / length * (point[second] / length);
        return Factor(column) * GroupL1 / length * ((first == second ? 1 : 0) - cosines);
    }

    /// <summary>Finds how far it is along a direction until a weight, or the weights of a feature for all classes, are next to 0.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="kink">Receives the coordinates that are 0 there; of no elements where there are none within a length of 1.</param>
    /// <returns>The length; at most 1.</returns>
    public double LengthToKink(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, out CoordinateBlock kink)
    {
        double length = 1;
        kink = default;
        for (int b = 0; b < BlockCount; b++)
        {
            CoordinateBlock block = Block(b);
            if (Factor(block.First) == 0)
            {
                continue;
            }

            for (int i = 0; i < block.Count && L1 > 0; i++)
            {
                Approach(new CoordinateBlock(block[i], 1, 1), point, direction, ref length, ref kink);
            }

            Approach(block, point, direction, ref length, ref kink);
        }

        return length;
    }

    private static void Approach(
        CoordinateBlock block, ReadOnlySpan<double> point, ReadOnlySpan<double> direction, ref double length, ref CoordinateBlock kink)
    {
        double square = 0;
        double product = 0;
        for (int i = 0; i < block.Count; i++)
        {
            square += point[block[i]] * point[block[i]];
            product += point[block[i]] * direction[block[i]];
        }

        // Where the block would turn back the way it came.
        if (square + (length * product) < 0)
        {
            (length, kink) = (square / -product, block);
        }
    }

    private double Length(CoordinateBlock block, ReadOnlySpan<double> point)
    {
        Span<double> elements = _point.AsSpan(0, block.Count);
        block.Gather(point, elements);
        return VectorAlgebra.Norm(elements);
    }

    private void FindNearest(CoordinateBlock block, ReadOnlySpan<double> point, Span<double> slopes, double factor)
    {
        Span<double> elements = _point.AsSpan(0, block.Count);
        block.Gather(point, elements);
        Subgradient.Nearest(elements, slopes, L1 * factor, GroupL1 * factor);
    }

    private double Factor(int index)
    {
        int column = index % _columns;
        return column == 0 ? 0 : _coordinates.PenaltyFactor(column - 1);
    }
}
