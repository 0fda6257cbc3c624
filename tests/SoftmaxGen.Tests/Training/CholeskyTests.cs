using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
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
    public void What_lies_above_the_diagonal_is_not_read()
    {
        double[] matrix = [4, double.NaN, 2, 5];
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

    private static void Solve(double[] matrix, double[] x)
    {
        double[] inversePivots = new double[x.Length];
        Cholesky.Factor(matrix, inversePivots);
        Cholesky.Solve(matrix, inversePivots, x);
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
