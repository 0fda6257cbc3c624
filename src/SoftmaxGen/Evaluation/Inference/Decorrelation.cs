using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>
/// A change of variables by which the columns of rows no longer correlate: <c>z = L^-1 x</c>, where <c>L L'</c> is the mean of <c>x x'</c>. Sums of products of
/// columns that are nearly copies of others lose half of the digits in which they differ; the columns that are left here have them (the idea of
/// CholeskyQR2: Yamamoto, Nakatsukasa, Yanagisawa and Fukaya, <i>Roundoff error analysis of the CholeskyQR2 algorithm</i>, ETNA 44, 2015). Whatever the
/// rounding of <c>L</c>, the change is exact, because the same matrix leads back.
/// </summary>
internal sealed class Decorrelation
{
    // What is left of a column that others determine, in units of the last place and for each column.
    private const double DependentUnits = 64;

    private readonly double[] _factor;
    private readonly int _size;

    private Decorrelation(double[] factor, int size)
    {
        _factor = factor;
        _size = size;
    }

    /// <summary>Finds the change for the rows of a training set.</summary>
    /// <returns>The change; null where a column is determined by those before it.</returns>
    public static Decorrelation? Find(IMeanLoss loss, Coordinates coordinates)
    {
        int size = loss.Shape.Features + 1;
        double[] factor = new double[size * size];
        double[] centred = new double[size];
        loss.VisitRows(1, row =>
        {
            coordinates.Centre(row.Columns, centred);
            for (int i = 0; i < size; i++)
            {
                VectorAlgebra.AddScaled(row.Weight / loss.TotalWeight * centred[i], centred.AsSpan(0, i + 1), factor.AsSpan(i * size, i + 1));
            }

            return true;
        });
        return TryFactor(factor, size) ? new Decorrelation(factor, size) : null;
    }

    /// <summary>Changes the columns of a row, in place.</summary>
    /// <param name="row">The row <c>x</c>, centred and scaled; receives <c>L^-1 x</c>.</param>
    public void Apply(Span<double> row)
    {
        for (int i = 0; i < _size; i++)
        {
            row[i] = (row[i] - VectorAlgebra.Dot(Row(i)[..i], row[..i])) / Row(i)[i];
        }
    }

    /// <summary>Turns weights of the rows as they were into those of the changed ones, in place: <c>v' = L' v</c>, the scores stay the same.</summary>
    public void ToPoint(Span<double> weights)
    {
        for (int first = 0; first < weights.Length; first += _size)
        {
            Span<double> v = weights.Slice(first, _size);
            for (int i = 0; i < _size; i++)
            {
                double weight = v[i];
                v[i] = 0;
                VectorAlgebra.AddScaled(weight, Row(i)[..(i + 1)], v[..(i + 1)]);
            }
        }
    }

    /// <summary>Turns weights of changed rows into those of the rows as they were, in place: the inverse of <see cref="ToPoint"/>.</summary>
    public void ToWeights(Span<double> weights)
    {
        for (int first = 0; first < weights.Length; first += _size)
        {
            Span<double> v = weights.Slice(first, _size);
            for (int i = _size - 1; i >= 0; i--)
            {
                v[i] /= Row(i)[i];
                VectorAlgebra.AddScaled(-v[i], Row(i)[..i], v[..i]);
            }
        }
    }

    // Cholesky's factor of the lower triangle, in place.
    private static bool TryFactor(double[] matrix, int size)
    {
        double least = DependentUnits * size * (double.BitIncrement(1) - 1);
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            double diagonal = row[i];
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                double rest = row[j] - VectorAlgebra.Dot(row[..j], other[..j]);
                if (j < i)
                {
                    row[j] = rest / other[j];
                }
                else if (rest > least * diagonal)
                {
                    row[i] = Math.Sqrt(rest);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    private ReadOnlySpan<double> Row(int index) => _factor.AsSpan(index * _size, _size);
}
