using System.Globalization;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Tests.Planning;

namespace SoftmaxGen.Generator.Tests.Emitting;

/// <summary>The plan in words.</summary>
public class PlanTextTests
{
    [Fact]
    public void A_width_tells_the_local_references_of_its_largest_method()
    {
        KernelPlan plan = Plans.Of(10, 64);

        IEnumerable<int> largest = plan.Widths.Select(width => StageSizes.Of(plan, width).Max(static method => method.Code.LocalReferences));

        Assert.Equal(
            largest.Select(static references => $"; est. {references.ToString(CultureInfo.InvariantCulture)} local refs."),
            PlanText.Widths(plan).Select(static line => line[line.LastIndexOf(';')..]));
    }

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
