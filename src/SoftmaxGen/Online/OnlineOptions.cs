
namespace SoftmaxGen;

/// <summary>How a model learns from a stream. The defaults suit most data. Immutable; checked when a learner is made.</summary>
/// <example>
/// <code>
/// var options = new OnlineOptions { PriorRows = 10_000 };   // a firm model: it takes some ten thousand rows to move it
/// var learner = new OnlineLearner&lt;IrisModel, double&gt;(model, options);
/// </code>
/// </example>
public sealed record OnlineOptions
{
    /// <summary>Gets how a row becomes a step. The default is <see cref="OnlineMethod.Newton"/>, which needs neither a rate nor scaled features.</summary>
    public OnlineMethod Method { get; init; } = OnlineMethod.Newton;

    /// <summary>
    /// Gets the number of rows that the weights at the start stand for, with <see cref="OnlineMethod.Newton"/>: finite and positive. After as many rows of
    /// the stream both weigh alike. The default, null, is the number of rows of the training set where one is given; 1,000 for a model whose rows are
    /// not known; and for zero weights two rows for each weight of all classes but the first, <c>2 (C-1)(m+1)</c>. The more, the firmer a model sticks.
    /// </summary>
    public double? PriorRows { get; init; }

    /// <summary>
    /// Gets the learning rate of the first step of <see cref="OnlineMethod.AdaGrad"/> and <see cref="OnlineMethod.Sgd"/>: finite and positive. The default
    /// is 0.1.
    /// </summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>
    /// Gets how fast the learning rate fades: step <c>t</c>, counted from 0, has the rate <c>LearningRate / (1 + Decay * t)</c>. Finite and not
    /// negative. The default is 0: the rate stays, and the model keeps following a stream that changes.
    /// </summary>
    public double Decay { get; init; }

    /// <summary>
    /// Gets the strength of the penalty <c>(l2/2) * ||W without column 0||^2</c> on the weights of raw features that is added to the loss of every step:
    /// finite and not negative. The default is 0. The bias is never penalised.
    /// </summary>
    public double L2 { get; init; }

    /// <summary>
    /// Gets the number of steps after which the weights begin to be averaged; not negative. A snapshot then has the mean of the weights after
    /// every later step, which varies much less than the last of them (Polyak and Juditsky, <i>Acceleration of stochastic approximation by
    /// averaging</i>, 1992). The default, null, averages nothing; the steps of <see cref="OnlineMethod.Newton"/> shrink by themselves.
    /// </summary>
    public long? AverageAfter { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate(string parameterName)
    {
        Require(Enum.IsDefined(Method), nameof(Method), Method, "it must be a defined method");
        Require(PriorRows is null or (> 0 and < double.PositiveInfinity), nameof(PriorRows), PriorRows, "it must be finite and positive");
        Require(LearningRate is > 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "it must be finite and positive");
        Require(Decay is >= 0 and < double.PositiveInfinity, nameof(Decay), Decay, "it must be finite and not negative");
        Require(L2 is >= 0 and < double.PositiveInfinity, nameof(L2), L2, "it must be finite and not negative");
        Require(AverageAfter is null or >= 0, nameof(AverageAfter), AverageAfter, "it must not be negative");

        void Require<TOption>(bool valid, string option, TOption value, string rule)
        {
            if (!valid)
            {
                throw Refusal.OutOfRange(parameterName, value, $"{option} is {value}; {rule}.");
            }
        }
    }
}
