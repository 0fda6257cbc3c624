namespace SoftmaxGen.Tests.Online;

/// <summary>Gauss and Jordan's elimination, for systems that are positive definite and need no pivoting.</summary>
internal static class PlainElimination
{
    /// <summary>Solves a system.</summary>
    /// <param name="system">The rows of the matrix, the right-hand side last in each; changed.</param>
    /// <returns>The solution.</returns>
    public static double[] Solve(double[][] system)
    {
        int size = system.Length;
        for (int i = 0; i < size; i++)
        {
            for (int a = 0; a < size; a++)
            {
                double factor = a == i ? 0 : system[a][i] / system[i][i];
                for (int b = i; b <= size && factor != 0; b++)
                {
                    system[a][b] -= factor * system[i][b];
                }
            }
        }

        return [.. system.Select((row, i) => row[size] / row[i])];
    }
}
