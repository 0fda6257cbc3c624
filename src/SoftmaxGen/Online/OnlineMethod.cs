namespace SoftmaxGen;

/// <summary>How an <see cref="OnlineLearner{TModel, T}"/> turns a gradient into a step.</summary>
public enum OnlineMethod
{
    /// <summary>
    /// Each weight has a step of its own, <c>W -= rate_t * g / (sqrt(sum of g^2 so far) + 1e-10)</c>: features of different sizes need no scaling
    /// (Duchi, Hazan and Singer, <i>Adaptive subgradient methods for online learning and stochastic optimization</i>, 2011).
    /// </summary>
    AdaGrad = 0,

    /// <summary>
    /// Plain stochastic gradient descent, <c>W -= rate_t * g</c> (Robbins and Monro, <i>A stochastic approximation method</i>, 1951). The features
    /// should be of similar size, and a learning rate well below 1 over a row's squared length.
    /// </summary>
    Sgd = 1,
}
