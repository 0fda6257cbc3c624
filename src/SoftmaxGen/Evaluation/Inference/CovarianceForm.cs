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
    /// likelihood estimation of misspecified models</i>, 1982), both summed over the rows; without a correction for small samples, and therefore known as HC0
    /// too. It holds when the model is not true, and for penalised fits; of these it tells how much the weights vary, and not how far the penalty has drawn
    /// them towards 0.
    /// </summary>
    Sandwich = 1,

    /// <summary>
    /// The sandwich times <c>n / (n - k)</c>, where <c>n</c> is the number of rows and <c>k = (C-1)(m+1)</c> that of the coefficients (MacKinnon and White,
    /// <i>Some heteroskedasticity-consistent covariance matrix estimators with improved finite sample properties</i>, 1985).
    /// </summary>
    HC1 = 2,

    /// <summary>
    /// The sandwich of residuals <c>(I - H_i)^(-1/2) r_i</c>, free of bias in a linear model whose rows vary alike. <c>r_i = R_i^(-1/2) (P - Y)</c> are the
    /// residuals of a row over their deviations, those of the classes but one, and <c>R_i = diag(P) - P P^T</c> is their covariance;
    /// <c>H_i = R_i^(1/2) X_i A^-1 X_i^T R_i^(1/2)</c> is the leverage of the row, a square matrix of size <c>C-1</c>. Of two classes it is the
    /// textbook's <c>h_i</c>, and the square of a residual is divided by <c>1 - h_i</c>. Which of the classes is left out makes no difference
    /// (MacKinnon and White, 1985; Bell and McCaffrey, <i>Bias reduction in standard errors for linear regression with multi-stage samples</i>,
    /// 2002).
    /// </summary>
    HC2 = 3,

    /// <summary>
    /// The sandwich of residuals <c>(I - H_i)^-1 r_i</c>, which is close to what leaving out one row after the other gives, and the safest of these forms where
    /// rows are few; see <see cref="HC2"/>. Of two classes the square of a residual is divided by <c>(1 - h_i)^2</c>.
    /// </summary>
    HC3 = 4,
}
