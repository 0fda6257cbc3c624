using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>
/// The objective of a fit as a function of its contrasts in the coordinates of the trainer, <c>b_j = V_j - V_0</c>, the weights of the logits relative
/// to class 0, for the classes but the first: the mean loss and the L2 penalty, in double precision, from centred rows. Without a penalty the columns of the
/// rows are decorrelated, too.
/// </summary>
internal sealed class ContrastObjective(IMeanLoss loss, Coordinates coordinates, double l2)
{
    private readonly int _rowLength = loss.Shape.Features + 1;
    private readonly int _classes = loss.Shape.Classes;

    // With a penalty the Hessian has its digits, and the penalty acts on each column by itself.
    private readonly Decorrelation? _decorrelation = l2 > 0 ? null : Decorrelation.Find(loss, coordinates);

    /// <summary>Gets the number of contrasts, <c>(C-1) * (m+1)</c>.</summary>
    public int Size => (_classes - 1) * _rowLength;

    /// <summary>Gets the number of elements of a row of contrasts, <c>m + 1</c>.</summary>
    public int RowLength => _rowLength;

    /// <summary>Gets the sum of the rows' weights, <c>n</c>.</summary>
    public double TotalWeight => loss.TotalWeight;

    /// <summary>Turns the weights of raw features into contrasts.</summary>
    /// <returns>The contrasts, <c>(C-1) x (m+1)</c>, row-major.</returns>
    public double[] ToContrasts(ReadOnlySpan<double> weights)
    {
        // Weights are subtracted before they are centred: what the classes share, an offset of all biases for one, would only cost digits.
        double[] contrasts = weights[_rowLength..].ToArray();
        for (int row = 0; row < contrasts.Length; row += _rowLength)
        {
            VectorAlgebra.AddScaled(-1, weights[.._rowLength], contrasts.AsSpan(row, _rowLength));
        }

        coordinates.ToPoint(contrasts);
        _decorrelation?.ToPoint(contrasts);
        return contrasts;
    }

    /// <summary>Computes the mean loss, and the gradient and the Hessian of the objective.</summary>
    public ContrastDerivatives Differentiate(double[] point)
    {
        double lossSum = 0;
        double[] lossGradient = new double[Size];
        double[] hessian = new double[Size * Size];
        double[] outer = new double[_rowLength * (_rowLength + 1) / 2];
        double[] blocks = new double[_classes * (_classes - 1) / 2 * outer.Length];
        var softmax = new ContrastSoftmax(_classes);
        ForEachRow(row =>
        {
            double share = row.Weight / TotalWeight;
            lossSum += share * softmax.Evaluate(point, row);
            OuterProduct(row.Columns, outer);
            for (int j = 1, block = 0; j < _classes; j++)
            {
                VectorAlgebra.AddScaled(share * softmax.Residuals[j], row.Columns, lossGradient.AsSpan((j - 1) * _rowLength, _rowLength));
                for (int l = 1; l <= j; l++, block += outer.Length)
                {
                    VectorAlgebra.AddScaled(share * softmax.Curvature(j, l), outer, blocks.AsSpan(block, outer.Length));
                }
            }
        });

        Unpack(blocks, hessian);
        double[] gradient = [.. lossGradient];
        AddPenalty(point, gradient, hessian);
        return new ContrastDerivatives(lossSum, lossGradient, gradient, hessian);
    }

    /// <summary>Finds by how much a step changes the scores.</summary>
    /// <returns>The largest change of a score of a row, relative to the first class.</returns>
    public double LargestScore(double[] step)
    {
        double largest = 0;
        ForEachRow(row =>
        {
            for (int first = 0; first < step.Length; first += _rowLength)
            {
                largest = Math.Max(largest, Math.Abs(VectorAlgebra.Dot(step.AsSpan(first, _rowLength), row.Columns)));
            }
        });
        return largest;
    }

    /// <summary>Goes over the rows with their probabilities and residuals.</summary>
    public void ForEachRow(double[] point, Action<TrainingRow, ContrastSoftmax> action)
    {
        var softmax = new ContrastSoftmax(_classes);
        ForEachRow(row =>
        {
            softmax.Evaluate(point, row);
            action(row, softmax);
        });
    }

    /// <summary>
    /// Turns the covariance of the contrasts into that of the coefficients of raw features, in place: the map from <c>V</c> to <c>W</c>, applied to
    /// the rows and to the columns.
    /// </summary>
    public void ToRawFeatures(double[] covariance)
    {
        for (int side = 0; side < 2; side++)
        {
            _decorrelation?.ToWeights(covariance);
            coordinates.ToWeights(covariance, covariance);
            for (int i = 0; i < Size; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    ref double lower = ref covariance[(i * Size) + j];
                    ref double upper = ref covariance[(j * Size) + i];
                    (lower, upper) = (upper, lower);
                }
            }
        }
    }

    // Derivatives that are summed from centred rows keep their digits whatever the mean of a feature is; those of raw rows lose twice as many as the mean has
    // over the deviation, before a change of variables could mend it.
    private void ForEachRow(Action<TrainingRow> action)
    {
        double[] centred = new double[_rowLength];
        loss.VisitRows(1, row =>
        {
            coordinates.Centre(row.Columns, centred);
            _decorrelation?.Apply(centred);
            action(row with { Columns = centred });
            return true;
        });
    }

    // The lower triangle of z z^T, row by row.
    private static void OuterProduct(ReadOnlySpan<double> z, double[] outer)
    {
        for (int a = 0, start = 0; a < z.Length; start += ++a)
        {
            VectorAlgebra.Scale(z[a], z[..(a + 1)], outer.AsSpan(start, a + 1));
        }
    }

    // Every block is symmetric, since its rows and columns are the same features.
    private void Unpack(double[] blocks, double[] hessian)
    {
        int next = 0;
        for (int j = 0; j < _classes - 1; j++)
        {
            for (int l = 0; l <= j; l++)
            {
                for (int a = 0; a < _rowLength; a++)
                {
                    for (int b = 0; b <= a; b++)
                    {
                        double element = blocks[next++];
                        Set((j * _rowLength) + a, (l * _rowLength) + b, element);
                        Set((j * _rowLength) + b, (l * _rowLength) + a, element);
                    }
                }
            }
        }

        void Set(int row, int column, double element)
        {
            hessian[(row * Size) + column] = element;
            hessian[(column * Size) + row] = element;
        }
    }

    // Of all weights that share the contrasts the optimum has the smallest ones, V_jk = b_jk - mean_j b_jk with b_0k = 0, and there the penalty of a column is
    // (l2 u_k^2 / 2) (sum_j b_jk^2 - (sum_j b_jk)^2 / C).
    private void AddPenalty(double[] point, double[] gradient, double[] hessian)
    {
        for (int k = 1; k < _rowLength; k++)
        {
            double factor = coordinates.PenaltyFactor(k - 1);
            double strength = l2 * factor * factor;
            for (int row = k; row < Size; row += _rowLength)
            {
                for (int column = k; column < Size; column += _rowLength)
                {
                    double curvature = strength * ((row == column ? 1 : 0) - (1.0 / _classes));
                    gradient[row] += curvature * point[column];
                    hessian[(row * Size) + column] += curvature;
                }
            }
        }
    }
}
