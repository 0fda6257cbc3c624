using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// The covariance of coefficients in baseline form from the formulas: the whole Hessian in plain loops, on centred and scaled features so that nothing is
/// lost, inverted by Gauss and Jordan, and carried over to raw features.
/// </summary>
internal sealed class PlainCovariance
{
    private readonly double[] _weights;
    private readonly double[] _rows;
    private readonly int[] _classIndices;
    private readonly double[] _rowWeights;
    private readonly int _features;
    private readonly double[] _means;
    private readonly double[] _deviations;

    public PlainCovariance(double[] weights, double[] rows, int[] classIndices, double[]? rowWeights = null)
    {
        _weights = weights;
        _rows = rows;
        _classIndices = classIndices;
        _rowWeights = rowWeights ?? Array.ConvertAll(classIndices, _ => 1.0);
        _features = rows.Length / classIndices.Length;
        _means = [.. Enumerable.Range(0, _features).Select(k => Mean(row => rows[(row * _features) + k]))];
        _deviations = [.. _means.Select((mean, k) => Math.Sqrt(Mean(row => Math.Pow(rows[(row * _features) + k] - mean, 2))))];
    }

    private int Contrasts => (_weights.Length / (_features + 1)) - 1;

    private int Size => Contrasts * (_features + 1);

    private double Mean(Func<int, double> term) => _classIndices.Select((_, row) => _rowWeights[row] * term(row)).Sum() / _rowWeights.Sum();

    /// <summary>Computes <c>(n H)^-1</c>.</summary>
    public double[][] Information() => ToRawFeatures(Inverse(Hessian(0, standardize: false)));

    /// <summary>Computes <c>A^-1 M A^-1</c> for a penalty of strength <c>l2</c>, with one of the corrections for small samples.</summary>
    public double[][] Sandwich(double l2, bool standardize, CovarianceForm form = CovarianceForm.Sandwich)
    {
        double[][] bread = Inverse(Hessian(l2, standardize));
        double[][] sandwich = ToRawFeatures(Product(Product(bread, Meat(bread, form)), bread));
        double rows = _rowWeights.Sum();
        return form == CovarianceForm.HC1 ? [.. sandwich.Select(row => Array.ConvertAll(row, x => x * rows / (rows - Size)))] : sandwich;
    }

    // By the coefficients of features (x - mean) / deviation, summed and not averaged over the rows.
    private double[][] Hessian(double l2, bool standardize)
    {
        double[][] hessian = Zeros(Size, Size);
        for (int row = 0; row < _classIndices.Length; row++)
        {
            double[] x = Scaled(row);
            double[] p = Probabilities(row);
            for (int i = 0; i < Size; i++)
            {
                for (int j = 0; j < Size; j++)
                {
                    (int a, int k) = (1 + (i / x.Length), i % x.Length);
                    (int b, int l) = (1 + (j / x.Length), j % x.Length);
                    hessian[i][j] += _rowWeights[row] * p[a] * ((a == b ? 1 : 0) - p[b]) * x[k] * x[l];
                }
            }
        }

        // The penalty of W = B - mean(B); the weight of a scaled feature is the deviation times that of the raw one.
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                int k = i % (_features + 1);
                if (k > 0 && k == j % (_features + 1))
                {
                    double strength = standardize ? l2 : l2 / (_deviations[k - 1] * _deviations[k - 1]);
                    hessian[i][j] += _rowWeights.Sum() * strength * ((i == j ? 1 : 0) - (1.0 / (Contrasts + 1)));
                }
            }
        }

        return hessian;
    }

    // The outer products of the rows' gradients about the mean of those without a correction.
    private double[][] Meat(double[][] bread, CovarianceForm form)
    {
        double[][] plain = [.. _classIndices.Select((_, row) => Gradient(Residuals(row), Scaled(row)))];
        double[] means = [.. Enumerable.Range(0, Size).Select(i => Mean(row => plain[row][i]))];
        double[][] gradients = form is CovarianceForm.HC2 or CovarianceForm.HC3
            ? [.. _classIndices.Select((_, row) => Gradient(Corrected(row, bread, form), Scaled(row)))]
            : plain;
        double[][] meat = Zeros(Size, Size);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                meat[i][j] = _rowWeights.Sum() * Mean(row => (gradients[row][i] - means[i]) * (gradients[row][j] - means[j]));
            }
        }

        return meat;
    }

    private double[] Residuals(int row)
    {
        double[] p = Probabilities(row);
        return [.. Enumerable.Range(1, Contrasts).Select(j => p[j] - (_classIndices[row] == j ? 1 : 0))];
    }

    private static double[] Gradient(double[] residuals, double[] x) => [.. residuals.SelectMany(r => x.Select(z => r * z))];

    // (I - R K)^-1 e or (I - R K)^(-1/2) e: R and the square root of a definition cancel out of R^(1/2) (I - R^(1/2) K R^(1/2))^(-1) R^(-1/2).
    private double[] Corrected(int row, double[][] bread, CovarianceForm form)
    {
        double[] p = Probabilities(row);
        double[] x = Scaled(row);
        double[][] scores = Zeros(Contrasts, Contrasts);
        double[][] rest = Zeros(Contrasts, Contrasts);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                scores[i / x.Length][j / x.Length] += x[i % x.Length] * bread[i][j] * x[j % x.Length];
            }
        }

        for (int a = 0; a < Contrasts; a++)
        {
            for (int b = 0; b < Contrasts; b++)
            {
                rest[a][b] = (a == b ? 1 : 0)
                    - Enumerable.Range(0, Contrasts).Sum(c => p[a + 1] * ((a == c ? 1 : 0) - p[c + 1]) * scores[c][b]);
            }
        }

        double[][] factor = form == CovarianceForm.HC3 ? Inverse(rest) : InverseSquareRoot(rest);
        double[] residuals = Residuals(row);
        return [.. factor.Select(weights => weights.Zip(residuals, (w, r) => w * r).Sum())];
    }

    // Denman and Beavers, The matrix sign function and computations in systems, 1976.
    private static double[][] InverseSquareRoot(double[][] matrix)
    {
        double[][] root = matrix;
        double[][] inverse = Zeros(matrix.Length, matrix.Length);
        for (int i = 0; i < matrix.Length; i++)
        {
            inverse[i][i] = 1;
        }

        for (int step = 0; step < 30; step++)
        {
            (root, inverse) = (Middle(root, Inverse(inverse)), Middle(inverse, Inverse(root)));
        }

        return inverse;

        static double[][] Middle(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (c, d) => (c + d) / 2).ToArray())];
    }

    private double[] Scaled(int row) =>
        [1, .. Enumerable.Range(0, _features).Select(k => (_rows[(row * _features) + k] - _means[k]) / _deviations[k])];

    private double[] Probabilities(int row) => PlainSoftmax.Probabilities(PlainSoftmax.Scores(_weights, _rows.AsSpan(row * _features, _features)));

    // B_k = V_k / deviation_k and B_0 = V_0 - sum_k B_k mean_k: the matrix of this map from both sides.
    private double[][] ToRawFeatures(double[][] covariance)
    {
        double[][] map = Zeros(Size, Size);
        for (int bias = 0; bias < Size; bias += _features + 1)
        {
            map[bias][bias] = 1;
            for (int k = 0; k < _features; k++)
            {
                map[bias + k + 1][bias + k + 1] = 1 / _deviations[k];
                map[bias][bias + k + 1] = -_means[k] / _deviations[k];
            }
        }

        return Product(map, Transposed(Product(map, covariance)));
    }

    private static double[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    private static double[][] Transposed(double[][] x)
    {
        double[][] transposed = Zeros(x[0].Length, x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x[0].Length; j++)
            {
                transposed[j][i] = x[i][j];
            }
        }

        return transposed;
    }

    private static double[][] Product(double[][] x, double[][] y)
    {
        double[][] product = Zeros(x.Length, y[0].Length);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y[0].Length; j++)
            {
                for (int k = 0; k < y.Length; k++)
                {
                    product[i][j] += x[i][k] * y[k][j];
                }
            }
        }

        return product;
    }

    /// <summary>Gauss and Jordan, with the largest pivot of the column.</summary>
    private static double[][] Inverse(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] a = [.. matrix.Select(row => (double[])[.. row])];
        double[][] inverse = Zeros(size, size);
        for (int i = 0; i < size; i++)
        {
            inverse[i][i] = 1;
        }

        for (int column = 0; column < size; column++)
        {
            int pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(a[row][column]));
            double reciprocal = 1 / a[pivot][column];
            for (int j = 0; j < size; j++)
            {
                (a[pivot][j], a[column][j]) = (a[column][j], a[pivot][j] * reciprocal);
                (inverse[pivot][j], inverse[column][j]) = (inverse[column][j], inverse[pivot][j] * reciprocal);
            }

            for (int row = 0; row < size; row++)
            {
                double factor = row == column ? 0 : a[row][column];
                for (int j = 0; j < size; j++)
                {
                    a[row][j] -= factor * a[column][j];
                    inverse[row][j] -= factor * inverse[column][j];
                }
            }
        }

        return inverse;
    }
}
