using System.Globalization;

namespace SoftmaxGen;

/// <summary>How to train a model. The defaults suit most data. Immutable; checked when a training starts.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets the algorithm. The default is <see cref="Solver.Auto"/>.</summary>
    public Solver Solver { get; init; }

    /// <summary>
    /// Gets the strength of the penalty <c>(l2/2) * ||W without column 0||^2</c> that is added to the mean loss: finite and not negative;
    /// 0 for none. The default, null, is <c>1/n</c>, where <c>n</c> is the sum of the rows' weights. The bias is never penalised.
    /// </summary>
    public double? L2 { get; init; }

    /// <summary>
    /// Gets a value indicating whether the penalty acts on the weights of standardised features <c>(x - mean) / deviation</c>, so that it does
    /// not depend on the features' units, or on the weights of the raw features. The trained model takes raw features either way, and
    /// the optimiser scales them for itself either way. The default is true.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// Gets the largest magnitude of the objective's gradient, by the weights that the penalty acts on, at which a training has converged:
    /// finite and positive. The default is 1e-6.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Gets the most iterations; at least 1. The default is 200.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>Gets the most threads; at least 1. The trained weights have the same bits for any number. The default is 1.</summary>
    public int MaxThreads { get; init; } = 1;

    /// <summary>Checks every option.</summary>
    /// <param name="parameterName">The name of the argument that holds the options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate(string parameterName)
    {
        Require(Enum.IsDefined(Solver), nameof(Solver), Solver, "it must be a defined solver");
        Require(L2 is null or (>= 0 and < double.PositiveInfinity), nameof(L2), L2, "it must be finite and not negative");
        Require(Tolerance is > 0 and < double.PositiveInfinity, nameof(Tolerance), Tolerance, "it must be finite and positive");
        Require(MaxIterations >= 1, nameof(MaxIterations), MaxIterations, "it must be at least 1");
        Require(MaxThreads >= 1, nameof(MaxThreads), MaxThreads, "it must be at least 1");

        void Require<TOption>(bool valid, string option, TOption value, string rule)
        {
            if (!valid)
            {
                throw new ArgumentOutOfRangeException(
                    parameterName, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; {rule}."));
            }
        }
    }
}
