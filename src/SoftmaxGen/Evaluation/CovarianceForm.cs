namespace SoftmaxGen;

/// <summary>Where the standard errors of a statistical inference come from.</summary>
public enum CovarianceForm
{
    /// <summary>
    /// The inverse of the observed information, <c>(n H)^-1</c>: the covariance of maximum likelihood estimates when the model is true. Of a
    /// bias-reduced fit it is that at its own coefficients (Heinze and Schemper, 2002). For no other fit with a penalty.
    /// </summary>
    Information = 0,

    /// <summary>
    /// The sandwich <c>A^-1 M A^-1</c>, where <c>A</c> is the Hessian of the objective, penalty included, and <c>M</c> the sum of the outer products of
    /// the rows' centred gradients (Huber, <i>The behavior of maximum likelihood estimates under nonstandard conditions</i>, 1967; White, <i>Maximum
    /// likelihood estimation of misspecified models</i>, 1982); without a correction for small samples. It holds when the model is not true, and for
    /// penalised fits; of these it tells how much the weights vary, and not how far the penalty has drawn them towards 0.
    /// </summary>
    Sandwich = 1,
}
