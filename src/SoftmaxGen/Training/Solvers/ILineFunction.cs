namespace SoftmaxGen.Training.Solvers;

/// <summary>A smooth function <c>phi(t)</c> of one variable, <c>t >= 0</c>: what a line search sees of an objective.</summary>
internal interface ILineFunction
{
    /// <summary>Gets the function at <c>t = 0</c>.</summary>
    LinePoint Origin { get; }

    /// <summary>Gets the change of the value below which two values cannot be told apart for rounding.</summary>
    double Noise { get; }

    /// <summary>Evaluates the function.</summary>
    /// <param name="step">The place <c>t</c>.</param>
    /// <returns>The function at <c>t</c>.</returns>
    LinePoint At(double step);
}
