namespace SoftmaxGen;

/// <summary>How an <see cref="OnlineLearner{TModel, T}"/> turns a row into a step.</summary>
public enum OnlineMethod
{
    /// <summary>
    /// Each weight has a step of its own, <c>W -= rate_t * g / (sqrt(sum of g^2 so far) + 1e-10)</c> (Duchi, Hazan and Singer, <i>Adaptive subgradient
    /// methods for online learning and stochastic optimization</i>, 2011). The first step moves every weight by the whole rate, in raw units: the features
    /// must be of scale 1, and a good model is soon spoiled by a rate that is not small.
    /// </summary>
    AdaGrad = 0,

    /// <summary>
    /// Plain stochastic gradient descent, <c>W -= rate_t * g</c> (Robbins and Monro, <i>A stochastic approximation method</i>, 1951). The features
    /// must be of similar size, and the learning rate well below 1 over a row's squared length.
    /// </summary>
    Sgd = 1,

    /// <summary>
    /// The default: steps whose size comes from the curvature of the rows so far, <c>V -= (sum of Hessians)^-1 g</c> (Hazan, Agarwal and Kale,
    /// <i>Logarithmic regret algorithms for online convex optimization</i>, 2007; Ollivier, <i>Online natural gradient as a Kalman filter</i>, 2018).
    /// It needs no learning rate and no scaled features. The whole matrix is kept for shapes of up to 256 weights relative to
    /// those of the first class, <c>(C-1)(m+1)</c>, and its diagonal beyond.
    /// </summary>
    Newton = 2,
}
