using System.Numerics;
using System.Reflection;
using SoftmaxGen.TestModels.Pretrained;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>What lies before and behind rows and labels is nobody's business: here it is NaN, and no label.</summary>
public class NeighbourTests
{
    private const int RowCount = 61;
    private const int Margin = 64;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Nothing_beyond_the_rows_counts(string name)
    {
        Type model = typeof(Double3x4).Assembly.GetType($"{typeof(Double3x4).Namespace}.{name}", throwOnError: true)!;
        Type scalar = ShapeCase.Of(name).IsSingle ? typeof(float) : typeof(double);
        MethodInfo check = typeof(NeighbourTests).GetMethod(nameof(Check), BindingFlags.Static | BindingFlags.NonPublic)!;
        check.MakeGenericMethod(model, scalar).Invoke(null, null);
    }

    [Fact]
    public void Nothing_beyond_the_rows_counts_where_zeros_are_skipped()
    {
        CheckPredictions<Sparse10x65, double>(Sparse10x65.Pretrained, Rows<double>(Sparse10x65.Shape));
        CheckPredictions<SparseSingle17x33, float>(SparseSingle17x33.Pretrained, Rows<float>(SparseSingle17x33.Shape));
        CheckPredictions<Sparse70x17, double>(Sparse70x17.Pretrained, Rows<double>(Sparse70x17.Shape));
        CheckPredictions<Sparse3x30, double>(Sparse3x30.Pretrained, Rows<double>(Sparse3x30.Shape));
    }

    private static void Check<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sample = Sample.Of(TModel.Shape, RowCount);
        T[] weights = Array.ConvertAll(sample.Weights, T.CreateChecked);
        T[] rows = Rows<T>(TModel.Shape);
        CheckPredictions<TModel, T>(TModel.FromWeights(weights), rows);

        T[] expected = new T[weights.Length];
        T[] actual = new T[weights.Length];
        double loss = TModel.LossAndGradient(weights, rows, sample.Labels, expected);
        Assert.Equal(loss, TModel.LossAndGradient(weights, Within(rows, T.NaN), Within(sample.Labels, int.MaxValue), actual));
        Assert.Equal(expected, actual);
    }

    private static void CheckPredictions<TModel, T>(TModel model, T[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        T[] expected = new T[shape.Classes];
        T[] actual = new T[shape.Classes];
        for (int i = 0; i < 3; i++)
        {
            T[] row = rows[(i * shape.Features)..((i + 1) * shape.Features)];
            ReadOnlySpan<T> within = Within(row, T.NaN);
            Assert.Equal(model.Predict(row), model.Predict(within));
            model.PredictScores(row, expected);
            model.PredictScores(within, actual);
            Assert.Equal(expected, actual);
            model.PredictProbabilities(row, expected);
            model.PredictProbabilities(within, actual);
            Assert.Equal(expected, actual);
        }

        int[] labels = new int[RowCount];
        int[] labelsWithin = new int[RowCount];
        model.PredictBatch(rows, labels);
        model.PredictBatch(Within(rows, T.NaN), labelsWithin);
        Assert.Equal(labels, labelsWithin);

        T[] probabilities = new T[RowCount * shape.Classes];
        T[] probabilitiesWithin = new T[RowCount * shape.Classes];
        model.PredictProbabilitiesBatch(rows, probabilities);
        model.PredictProbabilitiesBatch(Within(rows, T.NaN), probabilitiesWithin);
        Assert.Equal(probabilities, probabilitiesWithin);
    }

    private static T[] Rows<T>(ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(Sample.Of(shape, RowCount).Rows, T.CreateChecked);

    private static ReadOnlySpan<T> Within<T>(T[] values, T neighbour)
    {
        T[] all = [.. Enumerable.Repeat(neighbour, Margin), .. values, .. Enumerable.Repeat(neighbour, Margin)];
        return all.AsSpan(Margin, values.Length);
    }
}
