using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// All classes have the same weights in another order, and all features of a row are equal: the scores are the same number but for rounding, which alone
/// decides the label. A row and a batch agree on it only when they add up in the same order.
/// </summary>
public class NearTieTests
{
    private const int RowCount = 205;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_row_and_a_batch_add_up_in_the_same_order(string name)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            // Products are rounded before they are added, here and there in another place.
            return;
        }

        ShapeCase shape = ShapeCase.Of(name);
        int features = shape.Shape.Features;
        var random = new Random(1);
        double[] row = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)];
        var weights = new List<double>();
        for (int j = 0; j < shape.Shape.Classes; j++)
        {
            random.Shuffle(row);
            weights.Add(0.125);
            weights.AddRange(row);
        }

        double[] rows = [.. Enumerable.Range(0, RowCount).SelectMany(_ => Enumerable.Repeat(random.NextDouble() - 0.5, features))];
        IPredictor model = shape.FromWeights([.. weights]);

        int[] labels = [.. Enumerable.Range(0, RowCount).Select(i => model.Predict(rows[(i * features)..((i + 1) * features)]))];

        Assert.Equal(labels, model.PredictBatch(rows));
    }
}
