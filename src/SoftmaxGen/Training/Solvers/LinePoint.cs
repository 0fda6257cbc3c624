namespace SoftmaxGen.Training.Solvers;

/// <summary>A function of one variable at one place.</summary>
/// <param name="Step">The place <c>t</c>.</param>
/// <param name="Value">The value <c>phi(t)</c>.</param>
/// <param name="Slope">The derivative <c>phi'(t)</c>.</param>
internal readonly record struct LinePoint(double Step, double Value, double Slope);
