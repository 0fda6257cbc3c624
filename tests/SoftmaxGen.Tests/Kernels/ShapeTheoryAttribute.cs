namespace SoftmaxGen.Tests.Kernels;

/// <summary>A theory over the models of <see cref="ShapeCase"/>. The quick half tries those that between them show every form.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShapeTheoryAttribute : TheoryWithSlowRowsAttribute
{
    /// <inheritdoc/>
    public override bool IsQuick(int row, object?[] arguments) => ShapeCase.IsQuick((string)arguments[0]!);
}
