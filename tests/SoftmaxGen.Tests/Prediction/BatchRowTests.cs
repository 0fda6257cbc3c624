using System.Numerics;
using System.Reflection;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// A feature that is not finite is named with its row whatever the shape: in the first tile, in a later one, and among the rows that fill no block.
/// </summary>
public class BatchRowTests
{
    private const int RowCount = 61;

    /// <summary>Gets the models that refuse such features.</summary>
    public static TheoryData<string> Shapes => [.. ((IEnumerable<object[]>)ShapeCase.Names).Select(static row => (string)row[0]).Where(IsStrict)];

    [LongTheory(every: 4)]
    [MemberData(nameof(Shapes))]
    public void A_batch_of_any_shape_names_the_row_and_the_feature(string name)
    {
        Type model = ModelOf(name);
        Type scalar = ShapeCase.Of(name).IsSingle ? typeof(float) : typeof(double);
        MethodInfo check = typeof(BatchRowTests).GetMethod(nameof(Check), BindingFlags.Static | BindingFlags.NonPublic)!;
        check.MakeGenericMethod(model, scalar).Invoke(null, null);
    }

    private static Type ModelOf(string name) => typeof(Double3x4).Assembly.GetType($"{typeof(Double3x4).Namespace}.{name}", throwOnError: true)!;

    private static bool IsStrict(string name) => ModelOf(name).GetCustomAttribute<SoftmaxModelAttribute>()!.MissingValues != MissingValues.Propagate;

    private static void Check<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var sample = Sample.Of(shape, RowCount);
        var model = TModel.FromWeights(Array.ConvertAll(sample.Weights, T.CreateChecked));
        T[] rows = Array.ConvertAll(sample.Rows, T.CreateChecked);
        foreach (int row in (int[])[0, 9, 39, RowCount - 1])
        {
            foreach (int feature in (int[])[0, shape.Features - 1])
            {
                int index = (row * shape.Features) + feature;
                T saved = rows[index];
                rows[index] = T.NegativeInfinity;
                ArgumentException labels = Assert.Throws<ArgumentException>("rows", () => model.PredictBatch(rows, new int[RowCount]));
                ArgumentException probabilities = Assert.Throws<ArgumentException>(
                    "rows", () => model.PredictProbabilitiesBatch(rows, new T[RowCount * shape.Classes]));
                rows[index] = saved;

                Assert.Contains($"Feature {feature} of row {row} is ", labels.Message, StringComparison.Ordinal);
                Assert.Contains($"Feature {feature} of row {row} is ", probabilities.Message, StringComparison.Ordinal);
            }
        }
    }
}
