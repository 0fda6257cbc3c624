namespace SoftmaxGen.Generator.Planning;

/// <summary>What the loss and gradient of one packed row take, whatever the code: the roofline of a shape.</summary>
/// <param name="Flops">Additions and multiplications of the two matrix products, <c>S = W x</c> and <c>G += (P - Y) x^T</c>: <c>4 C (m+1)</c>.</param>
/// <param name="Bytes">Bytes to read: the features and the class index, which is kept in the features' type.</param>
internal readonly record struct RowWork(int Flops, int Bytes)
{
    public static RowWork Of(KernelPlan plan) => new(4 * plan.ParameterCount, (plan.Features + 1) * plan.ScalarBytes);
}
