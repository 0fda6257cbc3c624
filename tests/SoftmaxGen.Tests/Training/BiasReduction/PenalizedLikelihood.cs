using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training.BiasReduction;

/// <summary>
/// Firth's penalised likelihood as it is defined, <c>log L(B) + (1/2) log det I(B)</c> by the contrasts <c>B</c> of the classes with the first, row
/// by row, the determinant by Gauss's elimination. Its maximum is found by Newton's method on differences alone: no formula of a derivative is in it.
/// </summary>
internal sealed class PenalizedLikelihood(double[] rows, int[] labels, double[] weights, int classes)
{
    // Differences of three widths, the least of which is this, cancel the error to its sixth power: 1e-18, where rounding leaves 1e-12.
    private const double Width = 2e-3;

    private readonly int _columns = (rows.Length / labels.Length) + 1;

    public int Size => (classes - 1) * _columns;

    /// <summary>Computes the penalised log-likelihood.</summary>
    public double ValueAt(double[] contrasts)
    {
        double sum = 0;
        double[] all = All(contrasts);
        for (int i = 0; i < labels.Length; i++)
        {
            sum -= weights[i] == 0 ? 0 : weights[i] * PlainSoftmax.Loss(PlainSoftmax.Scores(all, Features(i)), labels[i]);
        }

        return sum + (LogDeterminant(Information(contrasts)) / 2);
    }

    /// <summary>Computes the information.</summary>
    public double[][] Information(double[] contrasts)
    {
        double[][] information = Square(Size);
        double[] all = All(contrasts);
        for (int i = 0; i < labels.Length; i++)
        {
            double[] x = [1, .. Features(i)];
            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(all, Features(i)));
            for (int j = 1; j < classes; j++)
            {
                for (int l = 1; l < classes; l++)
                {
                    double covariance = weights[i] * p[j] * ((j == l ? 1 : 0) - p[l]);
                    for (int a = 0; a < _columns; a++)
                    {
                        for (int b = 0; b < _columns; b++)
                        {
                            information[((j - 1) * _columns) + a][((l - 1) * _columns) + b] += covariance * x[a] * x[b];
                        }
                    }
                }
            }
        }

        return information;
    }

    /// <summary>Finds the maximum.</summary>
    public double[] Maximize()
    {
        double[] contrasts = new double[Size];
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double[] gradient = Gradient(contrasts);
            double[] step = Solve(Curvature(contrasts), gradient);
            double factor = 1;
            while (!(ValueAt(Moved(contrasts, step, factor)) > ValueAt(contrasts) - 1e-12))
            {
                factor /= 2;
            }

            contrasts = Moved(contrasts, step, factor);
            if (step.Max(Math.Abs) < 1e-10)
            {
                return contrasts;
            }
        }

        throw new InvalidOperationException("The reference found no maximum.");
    }

    /// <summary>Inverts a matrix.</summary>
    public static double[][] Invert(double[][] matrix) =>
        [.. matrix.Select((_, i) => Solve(matrix, [.. matrix.Select((_, j) => i == j ? 1.0 : 0)]))];

    private static double[] Moved(double[] point, double[] step, double factor) => [.. point.Zip(step, (x, d) => x + (factor * d))];

    private static double[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    private double[] Gradient(double[] contrasts) => [.. contrasts.Select((_, s) =>
    {
        double first = Difference(s, Width);
        double second = Difference(s, 2 * Width);
        double third = Difference(s, 3 * Width);
        return ((15 * first) - (6 * second) + third) / 10;

        double Difference(int index, double width)
        {
            double[] step = new double[contrasts.Length];
            step[index] = width;
            return (ValueAt(Moved(contrasts, step, 1)) - ValueAt(Moved(contrasts, step, -1))) / (2 * width);
        }
    })];

    // Minus the Hessian, or the information where the penalised likelihood is not concave.
    private double[][] Curvature(double[] contrasts)
    {
        double[][] curvature = [.. contrasts.Select((_, s) =>
        {
            double[] step = new double[contrasts.Length];
            step[s] = Width;
            double[] ahead = Gradient(Moved(contrasts, step, 1));
            double[] behind = Gradient(Moved(contrasts, step, -1));
            return ahead.Zip(behind, (a, b) => (b - a) / (2 * Width)).ToArray();
        })];
        double[] gradient = Gradient(contrasts);
        double slope = Solve(curvature, gradient).Zip(gradient, (d, g) => d * g).Sum();
        return slope > 0 ? curvature : Information(contrasts);
    }

    private static double LogDeterminant(double[][] matrix) =>
        Eliminate(matrix, new double[matrix.Length]).Select((row, i) => Math.Log(Math.Abs(row[i]))).Sum();

    private static double[] Solve(double[][] matrix, double[] right)
    {
        double[][] rows = Eliminate(matrix, right);
        double[] solution = new double[right.Length];
        for (int i = solution.Length - 1; i >= 0; i--)
        {
            double sum = rows[i][^1];
            for (int j = i + 1; j < solution.Length; j++)
            {
                sum -= rows[i][j] * solution[j];
            }

            solution[i] = sum / rows[i][i];
        }

        return solution;
    }

    // Gauss's elimination with the largest pivot of each column.
    private static double[][] Eliminate(double[][] matrix, double[] right)
    {
        double[][] rows = [.. matrix.Select((row, i) => (double[])[.. row, right[i]])];
        for (int k = 0; k < rows.Length; k++)
        {
            int largest = Enumerable.Range(k, rows.Length - k).MaxBy(i => Math.Abs(rows[i][k]));
            (rows[k], rows[largest]) = (rows[largest], rows[k]);
            for (int i = k + 1; i < rows.Length; i++)
            {
                double factor = rows[i][k] / rows[k][k];
                for (int j = k; j < rows[i].Length; j++)
                {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }

        return rows;
    }

    private double[] All(double[] contrasts) => [.. new double[_columns], .. contrasts];

    private double[] Features(int row) => rows[(row * (_columns - 1))..((row + 1) * (_columns - 1))];
}
