using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

/// <summary>What the factorisation takes for zero: a pivot that is nothing but rounding, and none that is small by its units.</summary>
public sealed class CholeskyPivotTests
{
    [Fact]
    public void A_pivot_of_rounding_errors_is_zero()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            // The third vector is a sum of multiples of the others: its pivot is 0 but for rounding, to either side.
            var random = new Random(seed);
            double[][] vectors = [Vector(random), Vector(random), []];
            vectors[2] = [.. vectors[0].Zip(vectors[1], (a, b) => (0.3 * a) - (0.7 * b))];
            double[] matrix = [.. vectors.SelectMany(a => vectors.Select(b => a.Zip(b, (x, y) => x * y).Sum()))];
            double[] x = [matrix[0] + matrix[1], matrix[3] + matrix[4], matrix[6] + matrix[7]];

            Solve(matrix, x);

            AssertVector.Close([1, 1, 0], x, 1e-10);
            Assert.Equal(0, x[2]);
        }

        static double[] Vector(Random random) => [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() - 0.5)];
    }

    [Fact]
    public void A_pivot_is_judged_by_its_own_diagonal_element()
    {
        double[] x = [2, 3e-20, 5e20];

        Solve([1, 0, 0, 0, 1e-20, 0, 0, 0, 1e20], x);

        AssertVector.Close([2, 3, 5], x, 1e-14);
    }

    [Fact]
    public void A_pivot_whose_inverse_overflows_is_zero()
    {
        double[] x = [2, 3];

        Solve([1, 0, 0, 1e-310], x);

        Assert.Equal([2, 0], x);
    }

    private static void Solve(double[] matrix, double[] x)
    {
        double[] inversePivots = new double[x.Length];
        Cholesky.Factor(matrix, inversePivots);
        Cholesky.Solve(matrix, inversePivots, x);
    }
}
