using SoftmaxGen.Data;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

public sealed class InverseHessianTests
{
    private const int Length = 7;

    [Fact]
    public void Empty_memory_gives_the_scaled_steepest_descent()
    {
        var inverseHessian = new InverseHessian(new Workspace(), Length, 0.25);
        double[] gradient = Vector(1);

        Assert.True(inverseHessian.IsEmpty);
        AssertVector.Close(Array.ConvertAll(gradient, g => -0.25 * g), Descend(inverseHessian, gradient), 0);
    }

    [Fact]
    public void Latest_step_satisfies_the_secant_equation()
    {
        var inverseHessian = new InverseHessian(new Workspace(), Length, 1);
        for (int seed = 0; seed < 15; seed++)
        {
            double[] s = Vector(seed);
            double[] y = Curve(s);
            inverseHessian.Learn(new double[Length], s, new double[Length], y);

            // H y = s.
            AssertVector.Close(Array.ConvertAll(s, v => -v), Descend(inverseHessian, y), 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Descend_matches_the_dense_update(int steps)
    {
        var inverseHessian = new InverseHessian(new Workspace(), Length, 1);
        var pairs = Enumerable.Range(0, steps).Select(seed => (S: Vector(seed), Y: Curve(Vector(seed)))).ToList();
        foreach ((double[] s, double[] y) in pairs)
        {
            inverseHessian.Learn(new double[Length], s, new double[Length], y);
        }

        // H <- (I - rho s y') H (I - rho y s') + rho s s', starting from gamma I with the gamma of the latest pair (Nocedal and Wright, (7.16)).
        double gamma = Dot(pairs[^1].S, pairs[^1].Y) / Dot(pairs[^1].Y, pairs[^1].Y);
        double[] Multiply(int pair, double[] g)
        {
            if (pair < 0)
            {
                return Array.ConvertAll(g, v => gamma * v);
            }

            (double[] s, double[] y) = pairs[pair];
            double rho = 1 / Dot(s, y);
            double[] hg = Multiply(pair - 1, [.. g.Zip(y, (gi, yi) => gi - (rho * Dot(s, g) * yi))]);
            return [.. hg.Zip(s, (hi, si) => hi - (rho * Dot(y, hg) * si) + (rho * Dot(s, g) * si))];
        }

        double[] gradient = Vector(99);
        AssertVector.Close(Array.ConvertAll(Multiply(steps - 1, gradient), v => -v), Descend(inverseHessian, gradient), 1e-10);
    }

    [Fact]
    public void Learn_takes_differences_of_points_and_gradients()
    {
        var shifted = new InverseHessian(new Workspace(), Length, 1);
        var direct = new InverseHessian(new Workspace(), Length, 1);
        double[] s = [1, 2, 3, 4, 5, 6, 7];
        double[] y = [2, 2, 5, 4, 9, 6, 8];
        double[] offset = [8, 16, 32, 64, 128, 256, 512];

        shifted.Learn(offset, Sum(offset, s), offset, Sum(offset, y));
        direct.Learn(new double[Length], s, new double[Length], y);

        AssertVector.Close(Descend(direct, Vector(3)), Descend(shifted, Vector(3)), 0);
    }

    [Fact]
    public void Memory_keeps_the_ten_latest_steps()
    {
        var longer = new InverseHessian(new Workspace(), Length, 1);
        var latest = new InverseHessian(new Workspace(), Length, 1);
        for (int seed = 0; seed < 14; seed++)
        {
            double[] s = Vector(seed);
            longer.Learn(new double[Length], s, new double[Length], Curve(s));
            if (seed >= 14 - InverseHessian.Memory)
            {
                latest.Learn(new double[Length], s, new double[Length], Curve(s));
            }
        }

        Assert.Equal(10, InverseHessian.Memory);
        AssertVector.Close(Descend(latest, Vector(99)), Descend(longer, Vector(99)), 0);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void Learn_ignores_a_step_without_positive_curvature(double curvature)
    {
        var inverseHessian = new InverseHessian(new Workspace(), Length, 0.5);
        double[] s = Vector(1);

        inverseHessian.Learn(new double[Length], s, new double[Length], Array.ConvertAll(s, v => curvature * v));

        Assert.True(inverseHessian.IsEmpty);
        AssertVector.Close(Array.ConvertAll(s, v => -0.5 * v), Descend(inverseHessian, s), 0);
    }

    [Fact]
    public void Forget_returns_to_the_steepest_descent_at_the_latest_scale()
    {
        var inverseHessian = new InverseHessian(new Workspace(), Length, 1);
        double[] s = Vector(1);
        inverseHessian.Learn(new double[Length], s, new double[Length], Array.ConvertAll(s, v => 4 * v));

        inverseHessian.Forget();

        Assert.True(inverseHessian.IsEmpty);
        AssertVector.Close(Array.ConvertAll(Vector(2), v => -0.25 * v), Descend(inverseHessian, Vector(2)), 1e-15);
    }

    private static double[] Descend(InverseHessian inverseHessian, double[] gradient)
    {
        double[] direction = new double[Length];
        inverseHessian.Descend(gradient, direction);
        return direction;
    }

    /// <summary>A deterministic vector without structure.</summary>
    private static double[] Vector(int seed) => [.. Enumerable.Range(1, Length).Select(k => Math.Sin((7.3 * seed) + (1.7 * k)))];

    /// <summary>The change of the gradient of a convex quadratic function along a step.</summary>
    private static double[] Curve(double[] s) => [.. s.Select((v, k) => (k + 1) * v)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
