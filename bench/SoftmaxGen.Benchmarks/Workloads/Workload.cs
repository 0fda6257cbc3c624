namespace SoftmaxGen.Benchmarks.Workloads;

/// <summary>Pseudo-random rows, labels and weights of a shape; the same ones in every run.</summary>
internal sealed class Workload
{
    private const int Seed = 20260101;

    /// <summary>Initializes a new instance of the <see cref="Workload"/> class.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rowCount">The number of rows.</param>
    public Workload(ModelShape shape, int rowCount)
    {
        var random = new Random(Seed);
        Shape = shape;
        Rows = Sample(random, checked(rowCount * shape.Features), 1);

        // The scores then have a deviation of about 1, whatever the number of features.
        Weights = Sample(random, shape.ParameterCount, Math.Sqrt(3.0 / (shape.Features + 1)));
        Labels = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            Labels[row] = random.Next(shape.Classes);
        }
    }

    /// <summary>Gets the shape.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the rows, row-major: numbers from -1 to 1.</summary>
    public double[] Rows { get; }

    /// <summary>Gets the labels.</summary>
    public int[] Labels { get; }

    /// <summary>Gets the weights, row-major, the bias first in each row.</summary>
    public double[] Weights { get; }

    private static double[] Sample(Random random, int count, double reach)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = reach * ((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
