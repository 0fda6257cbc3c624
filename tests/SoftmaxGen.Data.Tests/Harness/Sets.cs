using System.Numerics;

namespace SoftmaxGen.Data.Tests.Harness;

/// <summary>Training sets, compared bit by bit through what training sees of them.</summary>
internal static class Sets
{
    /// <summary>Compares what two training sets say at some points: a bit of a feature, label or weight that differs shows in the gradient.</summary>
    public static void Equal<TModel, T>(TrainingSet<TModel, T> expected, TrainingSet<TModel, T> actual)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        var random = new Random(5);
        for (int point = 0; point < 3; point++)
        {
            double[] weights = [.. Enumerable.Range(0, TModel.Shape.ParameterCount).Select(_ => (random.NextDouble() - 0.5) * 0.01)];
            double[] expectedGradient = new double[weights.Length];
            double[] actualGradient = new double[weights.Length];
            double expectedLoss = expected.LossAndGradient(weights, expectedGradient);
            double actualLoss = actual.LossAndGradient(weights, actualGradient);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expectedLoss), BitConverter.DoubleToInt64Bits(actualLoss));
            Assert.Equal(expectedGradient.Select(BitConverter.DoubleToInt64Bits), actualGradient.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    /// <summary>Reads text into a training set.</summary>
    public static TrainingSet<TModel, T> Read<TModel, T>(string csv, DataFileOptions? options = null, CsvFormat? format = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var builder = new TrainingSetBuilder<TModel, T>();
        using var text = new StringReader(csv);
        builder.AddFile(DataFile.Csv(text, "test.csv", format), options);
        return builder.Build();
    }

    /// <summary>Reads text that is refused.</summary>
    public static DataFileException Refuse<TModel, T>(string csv, DataFileOptions? options = null, CsvFormat? format = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.Throws<DataFileException>(() => Read<TModel, T>(csv, options, format));
}
