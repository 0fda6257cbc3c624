using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen.Online;

/// <summary>What a training set says of how sure the weights trained on it are.</summary>
internal static class TrainingEvidence
{
    /// <summary>
    /// Sets the evidence by how the trained weights predict the set. The curvature by the bias of class <c>j</c> is <c>mean(p_j (1 - p_j))</c>, which a product
    /// with the Hessian gives.
    /// </summary>
    public static void Set(IMeanLoss set, ReadOnlySpan<double> weights, double rows, Evidence evidence)
    {
        int columns = set.Shape.Features + 1;
        double[] direction = new double[weights.Length];
        double[] product = new double[weights.Length];
        double[] totals = new double[set.Shape.Classes];
        double variance = 0;
        for (int j = 0; j < totals.Length; j++)
        {
            direction[j * columns] = 1;
            set.HessianProduct(weights, direction, product);
            direction[j * columns] = 0;
            variance += product[j * columns];
            totals[j] = set.ClassTotals[j] / set.TotalWeight * set.RowCount;
        }

        evidence.Clear();
        evidence.Add(totals, variance * set.RowCount, set.RowCount);
        evidence.Set(rows);
    }

    /// <summary>
    /// Sets the inverse of the curvature to that of the Hessian of the set, beside which the evidence of one row keeps directions that no row of the set tells
    /// anything about. Where the shape has no exact Hessian the curvature remains as it is.
    /// </summary>
    public static void SetInverse(
        IMeanLoss set, ReadOnlySpan<double> weights, double rows, Evidence evidence, FeatureScales scales, FullCurvature curvature)
    {
        if (!set.Shape.HasHessian)
        {
            return;
        }

        ModelShape shape = set.Shape;
        int columns = shape.Features + 1;
        int size = (shape.Classes - 1) * columns;
        double[] packed = new double[new PackedHessian(shape).Length];
        set.Hessian(weights, packed);
        double[] hessian = new double[size * size];
        Coordinates.Choose(set.Moments, shape.Classes, l2: 0, standardize: true).ToContrasts(packed, shape.Classes, hessian, size);
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double ofOneRow = a % columns == b % columns ? evidence.CurvatureOfContrasts((a / columns) + 1, (b / columns) + 1) / rows : 0;
                hessian[(a * size) + b] = (hessian[(b * size) + a] * rows) + ofOneRow;
            }
        }

        if (SymmetricInverse.Invert(hessian, size, smallestPivot: 0) >= 0)
        {
            return;
        }

        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < size; b++)
            {
                curvature.Inverse[(a * size) + b] = IsIdle(a % columns) || IsIdle(b % columns) ? 0 : hessian[(a * size) + b];
            }
        }

        bool IsIdle(int column) => column > 0 && scales.IsIdle(column - 1);
    }
}
