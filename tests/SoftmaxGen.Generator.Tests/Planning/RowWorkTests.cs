using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>The arithmetic and the memory of one row.</summary>
public class RowWorkTests
{
    [Theory]
    [InlineData(3, 4, Precision.Double, 60, 40)] // 15 weights, each in two products, each a multiplication and an addition; 4 features and a label.
    [InlineData(3, 4, Precision.Single, 60, 20)]
    [InlineData(10, 64, Precision.Double, 2600, 520)]
    [InlineData(4096, 4095, Precision.Double, 67_108_864, 32_768)]
    public void A_row_takes_four_operations_per_weight_and_is_read_once(int classes, int features, object precision, int flops, int bytes) =>
        Assert.Equal(new RowWork(flops, bytes), RowWork.Of(Plans.Of(classes, features, (Precision)precision)));
}
