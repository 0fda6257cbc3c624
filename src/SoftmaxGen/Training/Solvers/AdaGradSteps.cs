using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The steps of AdaGrad (Duchi, Hazan and Singer, <i>Adaptive subgradient methods for online learning and stochastic optimization</i>, JMLR 12, 2011, with
/// diagonal matrices): <c>x -= rate g / (sqrt(sum of all g^2) + 1e-10)</c>, element by element.
/// </summary>
/// <param name="objective">The objective.</param>
internal sealed class AdaGradSteps(Objective objective) : IStepRule
{
    // Keeps the first step of an element without a gradient from 0 / 0.
    private const double Epsilon = 1e-10;

    private readonly double[] _squares = objective.Workspace.Rent(objective.ParameterCount);

    /// <inheritdoc/>
    public double DefaultRate => 0.5;

    // Of sums from 1e-4 on the square of epsilon is lost in the root, and up to 1e300 estimates overflow nothing. As integers, so that one comparison does.
    private static Vector512<ulong> Least => Vector512.Create(1e-4).AsUInt64();

    private static Vector512<ulong> Range => Vector512.Create(1e300).AsUInt64() - Least;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point) => Step(_squares, gradient, rate, point);

    /// <summary>Takes a step.</summary>
    /// <param name="squares">The sums of the squares of all gradients so far; those of this one are added.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="point">The point to move.</param>
    public static void Step(Span<double> squares, ReadOnlySpan<double> gradient, double rate, Span<double> point)
    {
        int whole = point.Length - (point.Length % Vector512<double>.Count);
        StepAlongProduct(squares[..whole], [1], gradient[..whole], penalty: 0, rate, point[..whole]);
        StepByRoots(squares[whole..], 1, gradient[whole..], penalty: 0, rate, point[whole..]);
    }

    /// <summary>
    /// Takes a step along a gradient that nobody writes down: row <c>j</c> is <c>factors_j * direction</c>, and to all is added <c>penalty * point</c>.
    /// </summary>
    /// <param name="squares">The sums of the squares of all gradients so far; those of this one are added.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="direction">The direction, whole vectors of 512 bits.</param>
    /// <param name="penalty">The strength of the penalty; 0 for none.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="point">The point to move, a row for each factor.</param>
    public static void StepAlongProduct(
        Span<double> squares, ReadOnlySpan<double> factors, ReadOnlySpan<double> direction, double penalty, double rate, Span<double> point)
    {
        if (Avx512F.IsSupported)
        {
            StepByEstimates(squares, factors, direction, penalty, rate, point);
            return;
        }

        for (int j = 0; j < factors.Length; j++)
        {
            int first = j * direction.Length;
            StepByRoots(squares.Slice(first, direction.Length), factors[j], direction, penalty, rate, point.Slice(first, direction.Length));
        }
    }

    private static void StepByRoots(Span<double> squares, double factor, ReadOnlySpan<double> direction, double penalty, double rate, Span<double> point)
    {
        Span<Vector<double>> points = MemoryMarshal.Cast<double, Vector<double>>(point);
        ReadOnlySpan<Vector<double>> directions = MemoryMarshal.Cast<double, Vector<double>>(direction)[..points.Length];
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(squares)[..points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            Vector<double> g = (factor * directions[i]) + (penalty * points[i]);
            sums[i] += g * g;
            points[i] -= rate * g / (Vector.SquareRoot(sums[i]) + new Vector<double>(Epsilon));
        }

        for (int i = points.Length * Vector<double>.Count; i < point.Length; i++)
        {
            double g = (factor * direction[i]) + (penalty * point[i]);
            squares[i] += g * g;
            point[i] -= rate * g / (Math.Sqrt(squares[i]) + Epsilon);
        }
    }

    // A root and a division take 27 cycles a vector and are all that a step waits for; to refine what the hardware estimates takes half of that.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepByEstimates(
        Span<double> squares, ReadOnlySpan<double> factors, ReadOnlySpan<double> direction, double penalty, double rate, Span<double> point)
    {
        ReadOnlySpan<Vector512<double>> directions = MemoryMarshal.Cast<double, Vector512<double>>(direction);
        Span<Vector512<double>> points = MemoryMarshal.Cast<double, Vector512<double>>(point);
        Span<Vector512<double>> sums = MemoryMarshal.Cast<double, Vector512<double>>(squares);
        foreach (double factor in factors)
        {
            Span<Vector512<double>> pointsOfRow = points[..directions.Length];
            Span<Vector512<double>> sumsOfRow = sums[..directions.Length];
            for (int i = 0; i < directions.Length; i++)
            {
                Vector512<double> g = Vector512.FusedMultiplyAdd(Vector512.Create(penalty), pointsOfRow[i], factor * directions[i]);
                Vector512<double> sum = Vector512.FusedMultiplyAdd(g, g, sumsOfRow[i]);
                sumsOfRow[i] = sum;
                pointsOfRow[i] = Vector512.FusedMultiplyAdd(-rate * g, InverseRoot(sum), pointsOfRow[i]);
            }

            points = points[directions.Length..];
            sums = sums[directions.Length..];
        }
    }

    // 1 / (sqrt(s) + epsilon).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> InverseRoot(Vector512<double> s)
    {
        if (!Vector512.LessThanOrEqualAll(s.AsUInt64() - Least, Range))
        {
            return Vector512<double>.One / (Vector512.Sqrt(s) + Vector512.Create(Epsilon));
        }

        // With e = 1 - s r^2 of 13 bits, 1 / sqrt(s) is r (1 + e/2 + 3/8 e^2 + 5/16 e^3), and of epsilon the first power is all that shows.
        Vector512<double> r = Avx512F.ReciprocalSqrt14(s);
        Vector512<double> e = Vector512.FusedMultiplyAdd(-(s * r), r, Vector512<double>.One);
        Vector512<double> q = Vector512.FusedMultiplyAdd(Vector512.Create(0.3125), e, Vector512.Create(0.375));
        q = Vector512.FusedMultiplyAdd(q, e, Vector512.Create(0.5));
        q = Vector512.FusedMultiplyAdd(r, Vector512.Create(-Epsilon), q * e);
        return Vector512.FusedMultiplyAdd(r, q, r);
    }
}
