using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// The middle of a sandwich: the mean outer product of the rows' gradients <c>e_i z_i^T</c> by the contrasts, less their mean, where the residuals
/// <c>e_i = P - Y</c> of the classes but the first are made larger by the leverage of the row.
/// <para>
/// The leverage <c>H_i = R^(1/2) K R^(1/2)</c>, where <c>K = X_i A^-1 X_i^T</c> is the covariance that the fit gives the row's scores, has the eigenvalues of
/// <c>L^T R L = Q^T diag(h) Q</c> with <c>K = L L^T</c>, and <c>R^(1/2) f(I - H_i) R^(-1/2) e = L^-T Q^T f(1 - h) Q L^T e</c>. That needs no inverse of
/// <c>R</c>, which has none where a probability is 0.
/// </para>
/// </summary>
internal sealed class RobustScatter(ContrastObjective objective, double[] inverse, CovarianceForm form)
{
    /// <summary>Above it a leverage is 1 but for rounding.</summary>
    private const double LargestLeverage = 1 - 1e-9;

    private readonly int _contrasts = objective.Size / objective.RowLength;
    private readonly int _rowLength = objective.RowLength;

    /// <summary>Gets the largest leverage of a row that was met, an eigenvalue of <c>H_i</c>; 0 for forms that need none.</summary>
    public double Leverage { get; private set; }

    /// <summary>Gets a value indicating whether a row determines coefficients alone, so that its residual has no meaning.</summary>
    public bool HasDeterminingRow => !(Leverage <= LargestLeverage);

    /// <summary>Computes the matrix.</summary>
    /// <returns>The matrix, square, row-major, both triangles.</returns>
    public double[] MeanOuterProduct(double[] point, double[] mean)
    {
        int size = objective.Size;
        double[] sum = new double[size * size];
        double[] gradient = new double[size];
        double[] residuals = new double[_contrasts];
        objective.ForEachRow(point, (row, softmax) =>
        {
            softmax.Residuals[1..].CopyTo(residuals);
            if (form is CovarianceForm.HC2 or CovarianceForm.HC3)
            {
                Enlarge(residuals, row.Columns, softmax);
            }

            for (int j = 0; j < _contrasts; j++)
            {
                VectorAlgebra.Scale(residuals[j], row.Columns, gradient.AsSpan(j * _rowLength, _rowLength));
            }

            VectorAlgebra.AddScaled(-1, mean, gradient);
            for (int i = 0; i < size; i++)
            {
                VectorAlgebra.AddScaled(row.Weight / objective.TotalWeight * gradient[i], gradient, sum.AsSpan(i * size, size));
            }
        });
        return sum;
    }

    private void Enlarge(double[] residuals, ReadOnlySpan<double> z, ContrastSoftmax softmax)
    {
        double[] root = ScoreCovariance(z);
        SymmetricInverse.Factor(root, _contrasts, smallestPivot: 0);
        double[] leverages = Curvature(softmax);
        Congruence(root, leverages);
        double[] axes = SymmetricEigen.Decompose(leverages, _contrasts);

        double[] turned = new double[_contrasts];
        for (int i = 0; i < _contrasts; i++)
        {
            double leverage = leverages[(i * _contrasts) + i];
            Leverage = Math.Max(Leverage, leverage);
            double remainder = Math.Max(1 - leverage, 1 - LargestLeverage);
            double factor = 1 / (form == CovarianceForm.HC2 ? Math.Sqrt(remainder) : remainder);
            ReadOnlySpan<double> axis = axes.AsSpan(i * _contrasts, _contrasts);
            VectorAlgebra.AddScaled(factor * Product(axis, root, residuals), axis, turned);
        }

        SolveTransposed(root, turned, residuals);
    }

    /// <summary>Computes the covariance of the row's scores, <c>K_jl = z^T (A^-1)_jl z / n</c>; the lower triangle.</summary>
    private double[] ScoreCovariance(ReadOnlySpan<double> z)
    {
        double[] covariance = new double[_contrasts * _contrasts];
        for (int i = 0; i < objective.Size; i++)
        {
            (int j, int a) = int.DivRem(i, _rowLength);
            for (int l = 0; l <= j; l++)
            {
                ReadOnlySpan<double> part = inverse.AsSpan((i * objective.Size) + (l * _rowLength), _rowLength);
                covariance[(j * _contrasts) + l] += z[a] * VectorAlgebra.Dot(part, z) / objective.TotalWeight;
            }
        }

        return covariance;
    }

    private double[] Curvature(ContrastSoftmax softmax)
    {
        double[] curvature = new double[_contrasts * _contrasts];
        for (int i = 0; i < curvature.Length; i++)
        {
            curvature[i] = softmax.Curvature(1 + (i / _contrasts), 1 + (i % _contrasts));
        }

        return curvature;
    }

    /// <summary>Computes <c>L^T R L</c> in place of a symmetric <c>R</c>.</summary>
    private void Congruence(double[] root, double[] matrix)
    {
        double[] product = new double[matrix.Length];
        for (int i = 0; i < _contrasts; i++)
        {
            for (int k = 0; k < _contrasts; k++)
            {
                VectorAlgebra.AddScaled(matrix[(i * _contrasts) + k], LowerRow(root, k), product.AsSpan(i * _contrasts, k + 1));
            }
        }

        Array.Clear(matrix);
        for (int k = 0; k < _contrasts; k++)
        {
            for (int i = 0; i <= k; i++)
            {
                VectorAlgebra.AddScaled(root[(k * _contrasts) + i], product.AsSpan(k * _contrasts, _contrasts), matrix.AsSpan(i * _contrasts, _contrasts));
            }
        }
    }

    /// <summary>Computes <c>q^T L^T e</c>.</summary>
    private double Product(ReadOnlySpan<double> axis, double[] root, double[] residuals)
    {
        double product = 0;
        for (int k = 0; k < _contrasts; k++)
        {
            product += residuals[k] * VectorAlgebra.Dot(LowerRow(root, k), axis[..(k + 1)]);
        }

        return product;
    }

    /// <summary>Solves <c>L^T x = b</c>, from the last row to the first.</summary>
    private void SolveTransposed(double[] root, double[] b, double[] x)
    {
        for (int k = _contrasts - 1; k >= 0; k--)
        {
            x[k] = b[k] / root[(k * _contrasts) + k];
            VectorAlgebra.AddScaled(-x[k], LowerRow(root, k), b.AsSpan(0, k + 1));
        }
    }

    private ReadOnlySpan<double> LowerRow(double[] root, int row) => root.AsSpan(row * _contrasts, row + 1);
}
