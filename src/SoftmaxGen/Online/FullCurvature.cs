using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Online;

/// <summary>
/// The whole inverse <c>P</c> of the curvature by the contrasts <c>V_j - V_0</c>, the weights of the logits relative to class 0, <c>D x D</c> with
/// <c>D = (C-1)(m+1)</c>. With a factor <c>B B^T</c> of <c>diag(p) - p p^T</c> without class 0, a row adds the curvature <c>A^T A</c>,
/// <c>A = B^T (x) z^T</c>, and by the formula of Sherman, Morrison and Woodbury takes <c>P A^T (I + A P A^T)^-1 A P = Y Y^T</c> from the inverse. What is
/// inverted is never below the identity, so that no update cancels more than a row's own leverage. A row costs about <c>C D^2</c> multiplications.
/// </summary>
internal sealed class FullCurvature : Curvature
{
    private const int ProductsAtOnce = 4;

    private readonly int _contrasts;
    private readonly int _columns;
    private readonly double[] _inverse;

    // P (I (x) z), one row for each contrast, and Y^T.
    private readonly double[] _images;
    private readonly double[] _updates;

    // K x K with K = C - 1: the factor B, A P A^T + I and its factor, S B with S = (I (x) z)^T P (I (x) z).
    private readonly double[] _spread;
    private readonly double[] _factor;
    private readonly double[] _spreadFactor;
    private readonly double[] _gram;
    private readonly double[] _shift;

    public FullCurvature(int classes, int columns)
    {
        _contrasts = classes - 1;
        _columns = columns;
        int size = _contrasts * columns;
        _inverse = new double[size * size];
        _images = new double[_contrasts * size];
        _updates = new double[_contrasts * size];
        _spread = new double[_contrasts * _contrasts];
        _factor = new double[_contrasts * _contrasts];
        _spreadFactor = new double[_contrasts * _contrasts];
        _gram = new double[_contrasts * _contrasts];
        _shift = new double[_contrasts];
    }

    /// <summary>Gets the inverse, <c>D x D</c>, row-major, to be set by who knows it.</summary>
    public Span<double> Inverse => _inverse;

    private int Size => _contrasts * _columns;

    public override void Free(int column, Evidence evidence)
    {
        for (int j = 0; j < _contrasts; j++)
        {
            for (int l = 0; l < _contrasts; l++)
            {
                _inverse[(((j * _columns) + column) * Size) + (l * _columns) + column] = evidence.Covariance(j + 1, l + 1);
            }
        }
    }

    public override void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> probabilities, double rowWeight)
    {
        FactorCurvature(probabilities, rowWeight);
        SetImages(row);
        SetSpread(row);
        FactorGram();
        SetUpdates();
        SubtractUpdates();
    }

    /// <inheritdoc/>
    /// <remarks>The new inverse times <c>r (x) z</c> is the images times <c>r</c>, less <c>Y T^-1 (S B)^T r</c>: nothing costs <c>D^2</c>.</remarks>
    public override void Step(ReadOnlySpan<double> row, ReadOnlySpan<double> residuals, Span<double> step)
    {
        int size = Size;
        Span<double> contrasts = step[_columns..];
        contrasts.Clear();
        for (int j = 0; j < _contrasts; j++)
        {
            VectorAlgebra.AddScaled(-residuals[j + 1], Row(_images, j), contrasts);
            double shift = 0;
            for (int l = 0; l < _contrasts; l++)
            {
                shift += _spreadFactor[(l * _contrasts) + j] * residuals[l + 1];
            }

            for (int i = 0; i < j; i++)
            {
                shift -= _gram[(j * _contrasts) + i] * _shift[i];
            }

            _shift[j] = shift / _gram[(j * _contrasts) + j];
            VectorAlgebra.AddScaled(_shift[j], _updates.AsSpan(j * size, size), contrasts);
        }

        ToClasses(step);
    }

    public override void Exchange(IStateExchange state) => state.Numbers(_inverse);

    /// <summary>
    /// Leaves <c>B</c>, lower triangular. Eliminating class after class keeps the form <c>diag(p) - p p^T / R</c> with the share <c>R</c> of the classes left,
    /// which is summed from the end, so that nothing cancels: <c>B_jj^2 = p_j R_j / R_(j-1)</c> and <c>B_ij = -B_jj p_i / R_j</c>.
    /// </summary>
    private void FactorCurvature(ReadOnlySpan<double> probabilities, double rowWeight)
    {
        _factor.AsSpan().Clear();
        double rest = probabilities[0];
        for (int j = _contrasts - 1; j >= 0; j--)
        {
            double share = probabilities[j + 1];
            double whole = rest + share;
            if (rest > 0 && share > 0)
            {
                double diagonal = Math.Sqrt(rowWeight * share * (rest / whole));
                _factor[(j * _contrasts) + j] = diagonal;
                for (int i = j + 1; i < _contrasts; i++)
                {
                    _factor[(i * _contrasts) + j] = -diagonal * (probabilities[i + 1] / rest);
                }
            }

            rest = whole;
        }
    }

    // By rows of the inverse, which is symmetric: long vectors, whatever the number of features.
    private void SetImages(ReadOnlySpan<double> row)
    {
        _images.AsSpan().Clear();
        int size = Size;
        for (int j = 0; j < _contrasts; j++)
        {
            Span<double> image = _images.AsSpan(j * size, size);
            for (int k = 0; k < _columns; k++)
            {
                if (row[k] != 0)
                {
                    VectorAlgebra.AddScaled(row[k], _inverse.AsSpan(((j * _columns) + k) * size, size), image);
                }
            }
        }
    }

    private void SetSpread(ReadOnlySpan<double> row)
    {
        for (int j = 0; j < _contrasts; j++)
        {
            ReadOnlySpan<double> image = Row(_images, j);
            for (int l = 0; l < _contrasts; l++)
            {
                _spread[(j * _contrasts) + l] = VectorAlgebra.Dot(image.Slice(l * _columns, _columns), row);
            }
        }
    }

    /// <summary>Leaves <c>S B</c>, and Cholesky's factor <c>T</c> of <c>I + B^T S B</c>.</summary>
    private void FactorGram()
    {
        int n = _contrasts;
        for (int j = 0; j < n; j++)
        {
            for (int l = 0; l < n; l++)
            {
                double sum = 0;
                for (int i = l; i < n; i++)
                {
                    sum += _spread[(j * n) + i] * _factor[(i * n) + l];
                }

                _spreadFactor[(j * n) + l] = sum;
            }
        }

        for (int j = 0; j < n; j++)
        {
            for (int l = 0; l <= j; l++)
            {
                double sum = j == l ? 1 : 0;
                for (int i = j; i < n; i++)
                {
                    sum += _factor[(i * n) + j] * _spreadFactor[(i * n) + l];
                }

                for (int i = 0; i < l; i++)
                {
                    sum -= _gram[(j * n) + i] * _gram[(l * n) + i];
                }

                // Rounding alone makes a pivot less than 1.
                _gram[(j * n) + l] = j == l ? Math.Sqrt(Math.Max(sum, 1)) : sum / _gram[(l * n) + l];
            }
        }
    }

    /// <summary>Leaves <c>Y^T</c>, whose rows are those of <c>T^-1 B^T</c> times the images.</summary>
    private void SetUpdates()
    {
        int n = _contrasts;
        for (int j = 0; j < n; j++)
        {
            Span<double> update = _updates.AsSpan(j * Size, Size);
            double inversePivot = 1 / _gram[(j * n) + j];
            update.Clear();
            for (int l = j; l < n; l++)
            {
                VectorAlgebra.AddScaled(inversePivot * _factor[(l * n) + j], Row(_images, l), update);
            }

            for (int i = 0; i < j; i++)
            {
                VectorAlgebra.AddScaled(-inversePivot * _gram[(j * n) + i], Row(_updates, i), update);
            }
        }
    }

    // Elements (a, b) and (b, a) are the same products in the same order: the inverse stays symmetric to the last bit.
    private void SubtractUpdates()
    {
        int size = Size;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = _inverse.AsSpan(i * size, size);
            int j = 0;
            for (; j + ProductsAtOnce <= _contrasts; j += ProductsAtOnce)
            {
                SubtractFour(row, _updates.AsSpan(j * size, ProductsAtOnce * size), i);
            }

            for (; j < _contrasts; j++)
            {
                ReadOnlySpan<double> update = Row(_updates, j);
                VectorAlgebra.AddScaled(-update[i], update, row);
            }
        }
    }

    // Four products for each load and store of the row.
    private static void SubtractFour(Span<double> row, ReadOnlySpan<double> updates, int i)
    {
        int size = row.Length;
        ReadOnlySpan<double> first = updates[..size];
        ReadOnlySpan<double> second = updates.Slice(size, size);
        ReadOnlySpan<double> third = updates.Slice(2 * size, size);
        ReadOnlySpan<double> fourth = updates.Slice(3 * size, size);
        double a = first[i];
        double b = second[i];
        double c = third[i];
        double d = fourth[i];
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
        ReadOnlySpan<Vector<double>> firsts = MemoryMarshal.Cast<double, Vector<double>>(first)[..vectors.Length];
        ReadOnlySpan<Vector<double>> seconds = MemoryMarshal.Cast<double, Vector<double>>(second)[..vectors.Length];
        ReadOnlySpan<Vector<double>> thirds = MemoryMarshal.Cast<double, Vector<double>>(third)[..vectors.Length];
        ReadOnlySpan<Vector<double>> fourths = MemoryMarshal.Cast<double, Vector<double>>(fourth)[..vectors.Length];
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] -= (a * firsts[v]) + (b * seconds[v]) + ((c * thirds[v]) + (d * fourths[v]));
        }

        for (int k = vectors.Length * Vector<double>.Count; k < size; k++)
        {
            row[k] -= (a * first[k]) + (b * second[k]) + ((c * third[k]) + (d * fourth[k]));
        }
    }

    /// <summary>Shares a step of the contrasts out over all classes: the mean over the classes does not move.</summary>
    private void ToClasses(Span<double> step)
    {
        Span<double> first = step[.._columns];
        first.Clear();
        for (int j = 1; j <= _contrasts; j++)
        {
            VectorAlgebra.AddScaled(-1.0 / (_contrasts + 1), step.Slice(j * _columns, _columns), first);
        }

        for (int j = 1; j <= _contrasts; j++)
        {
            VectorAlgebra.AddScaled(1, first, step.Slice(j * _columns, _columns));
        }
    }

    private ReadOnlySpan<double> Row(double[] rows, int j) => rows.AsSpan(j * Size, Size);
}
