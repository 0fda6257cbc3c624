namespace SoftmaxGen;

/// <summary>What a <see cref="ContrastObjective"/> is at a point.</summary>
/// <param name="Loss">The mean loss, without the penalty.</param>
/// <param name="LossGradient">Its gradient, <c>(C-1) x (m+1)</c>, row-major.</param>
/// <param name="Gradient">The gradient of the objective, penalty included.</param>
/// <param name="Hessian">The Hessian of the objective, square, row-major, both triangles.</param>
internal sealed record ContrastDerivatives(double Loss, double[] LossGradient, double[] Gradient, double[] Hessian);
