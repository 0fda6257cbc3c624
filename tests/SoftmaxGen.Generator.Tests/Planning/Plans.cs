using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>Plans of shapes, without a compiler.</summary>
internal static class Plans
{
    /// <summary>Gets every shape that the tests of the planner range over: the small ones all, and a few of each larger order of magnitude.</summary>
    public static IEnumerable<(int Classes, int Features)> Shapes { get; } =
    [
        .. from classes in (int[])[.. Enumerable.Range(2, 11), 26, 99, 100, 257, 1000, 4096]
           from features in (int[])[.. Enumerable.Range(1, 70), 784, 1000, 4096]
           where classes * (features + 1) <= ShapeLimits.MaxParameters
           select (classes, features),
    ];

    // Many tests range over them, and planning takes longer than they do.
    private static readonly Lazy<KernelPlan[]> _grid = new(static () => [.. Grid(AttributeDefaults.MaxStackBytes)]);

    /// <summary>Gets the plans of all shapes in both precisions.</summary>
    public static IReadOnlyList<KernelPlan> Grid() => _grid.Value;

    /// <summary>Gets the plans of all shapes in both precisions, with so much room on the stack.</summary>
    public static IEnumerable<KernelPlan> Grid(int maxStackBytes) =>
        from shape in Shapes
        from precision in (Precision[])[Precision.Double, Precision.Single]
        select Of(shape.Classes, shape.Features, precision, maxStackBytes);

    /// <summary>Plans a shape.</summary>
    public static KernelPlan Of(int classes, int features, Precision precision = Precision.Double, int maxStackBytes = AttributeDefaults.MaxStackBytes) =>
        KernelPlanner.Plan(
            new ModelSpec(new TypeSpec("", default, "Model", default, "Model"), classes, features, 0, precision, maxStackBytes, default, default));

    /// <summary>Names a shape in the message of a failed test.</summary>
    public static string Name(this KernelPlan plan) => $"{plan.Classes} x {plan.Features}, {plan.Scalar}, {plan.Model.MaxStackBytes} bytes of stack";
}
