using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Tests.Planning;

namespace SoftmaxGen.Generator.Tests.Emitting;

/// <summary>The plan in words.</summary>
public class PlanTextTests
{
    [Fact]
    public void The_shape_tells_the_work_of_a_row() =>
        Assert.Contains("; 60 flops and 40 bytes a row; ", PlanText.Shape(Plans.Of(3, 4)), StringComparison.Ordinal);

    [Fact]
    public void The_header_and_the_description_of_a_model_say_the_same()
    {
        KernelPlan plan = Plans.Of(3, 4);
        string[] lines = [PlanText.Shape(plan), .. PlanText.Widths(plan), PlanText.Scratch(plan), PlanText.Prediction(plan)];

        string source = ModelEmitter.Emit(plan);

        Assert.All(lines, line => Assert.Contains(line + "\n", source, StringComparison.Ordinal));
        Assert.Contains($"KernelDescription = \"{string.Join(' ', lines)}\"", source, StringComparison.Ordinal);
    }
}
