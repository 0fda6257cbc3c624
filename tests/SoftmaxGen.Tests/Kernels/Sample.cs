namespace SoftmaxGen.Tests.Kernels;

/// <summary>Made-up rows, labels and weights for a shape. Everything is in double, and exact in the shape's own type.</summary>
internal sealed record Sample
{
    private Sample(ModelShape shape, double[] weights, double[] rows, int[] classIndices)
    {
        Shape = shape;
        Weights = weights;
        Rows = rows;
        ClassIndices = classIndices;
    }

    /// <summary>Gets the shape.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the weights of a model, <c>C x (m+1)</c>: scores are a few units apart.</summary>
    public double[] Weights { get; init; }

    /// <summary>Gets the rows, <c>n x m</c>.</summary>
    public double[] Rows { get; init; }

    /// <summary>Gets the <c>n</c> classes, counted from 0.</summary>
    public int[] ClassIndices { get; init; }

    /// <summary>Gets the <c>n</c> labels.</summary>
    public int[] Labels => Array.ConvertAll(ClassIndices, index => index + Shape.FirstLabel);

    /// <summary>Makes a sample; the same one for the same arguments.</summary>
    public static Sample Of(ModelShape shape, int rowCount, int seed = 1)
    {
        Random random = new((seed * 1_000_003) + (shape.Classes * 1009) + shape.Features);
        double reach = 4 / Math.Sqrt(shape.Features + 1);
        return new Sample(
            shape,
            Uniform(random, shape.ParameterCount, reach, shape.Precision),
            Uniform(random, rowCount * shape.Features, 2, shape.Precision),
            [.. Enumerable.Range(0, rowCount).Select(_ => random.Next(shape.Classes))]);
    }

    /// <summary>Makes row weights between 0 and 3, of which some are 0.</summary>
    public double[] RowWeights(int seed = 1)
    {
        Random random = new(seed);
        double[] weights = Uniform(random, ClassIndices.Length, 1.5, Shape.Precision);
        return [.. weights.Select((weight, row) => row % 6 == 5 ? 0 : weight + 1.5).Select(weight => Round(weight, Shape.Precision))];
    }

    /// <summary>Computes the mean size of each feature, after a 1 for the bias.</summary>
    public double[] ColumnSizes()
    {
        double[] sizes = new double[Shape.Features + 1];
        sizes[0] = 1;
        for (int i = 0; i < Rows.Length; i++)
        {
            sizes[1 + (i % Shape.Features)] += Math.Abs(Rows[i]) / ClassIndices.Length;
        }

        return sizes;
    }

    /// <summary>Multiplies one feature of each row by a factor.</summary>
    public Sample WithScaledFeature(int feature, Func<int, double> factorOfRow)
    {
        double[] rows = [.. Rows];
        for (int row = 0; row < ClassIndices.Length; row++)
        {
            int index = (row * Shape.Features) + feature;
            rows[index] = Round(rows[index] * factorOfRow(row), Shape.Precision);
        }

        return this with { Rows = rows };
    }

    private static double[] Uniform(Random random, int count, double reach, SoftmaxPrecision precision) =>
        [.. Enumerable.Range(0, count).Select(_ => Round(((2 * random.NextDouble()) - 1) * reach, precision))];

    private static double Round(double value, SoftmaxPrecision precision) => precision == SoftmaxPrecision.Single ? (float)value : value;
}
