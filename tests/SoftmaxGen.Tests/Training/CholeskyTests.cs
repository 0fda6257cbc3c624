using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(17)]
    public void The_solution_solves_the_equations(int size)
    {
        double[] matrix = Gram(size, columns: size + 3, seed: size);
        double[] expected = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i + 1))];
        double[] x = Times(matrix, expected);

        Solve(matrix, x);

        AssertVector.Close(expected, x, 1e-9);
    }

    [Fact]
    public void What_lies_below_the_diagonal_is_not_read()
    {
        double[] matrix = [4, 2, double.NaN, 5];
        double[] x = [8, 10];

        Solve(matrix, x);

        AssertVector.Close([1.25, 1.5], x, 1e-15);
    }

    [Fact]
    public void A_coordinate_that_depends_on_others_stays_at_zero_and_the_rest_solve_the_equations()
    {
        // The Gram matrix of (1, 0), (0, 1), (1, 1) and (1, -1): of four coordinates two are free, and the right-hand side lies in its range.
        double[] matrix = [1, 0, 1, 1, 0, 1, 1, -1, 1, 1, 2, 0, 1, -1, 0, 2];
        double[] x = Times(matrix, [1, -2, 0.5, 3]);

        Solve([.. matrix], x);

        AssertVector.Close([4.5, -4.5, 0, 0], x, 1e-14);
        Assert.Equal([0, 0], x[2..]);
    }

    [Fact]
    public void A_row_of_zeros_leaves_its_coordinate_at_zero()
    {
        double[] x = [1, 7, 3];

        Solve([2, 0, 0, 0, 0, 0, 0, 0, 4], x);

        AssertVector.Close([0.5, 0, 0.75], x, 1e-15);
        Assert.Equal(0, x[1]);
    }

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

    // What is neither matrix nor right-hand side must not matter.
    private static void Solve(double[] matrix, double[] x)
    {
        int size = x.Length;
        int stride = Cholesky.Stride(size);
        double[] equations = new double[size * stride];
        Array.Fill(equations, double.NaN);
        for (int i = 0; i < size; i++)
        {
            matrix.AsSpan(i * size, size).CopyTo(equations.AsSpan(i * stride));
            equations[(i * stride) + size] = x[i];
        }

        Cholesky.Solve(equations, new double[size], x);
    }

    private static double[] Gram(int size, int columns, int seed)
    {
        var random = new Random(seed);
        double[] factor = [.. Enumerable.Range(0, size * columns).Select(_ => random.NextDouble() - 0.5)];
        return [.. Enumerable.Range(0, size * size).Select(i =>
            Enumerable.Range(0, columns).Sum(k => factor[(i / size * columns) + k] * factor[(i % size * columns) + k]))];
    }

    private static double[] Times(double[] matrix, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => matrix[(i * x.Length) + j] * x[j]))];
}
