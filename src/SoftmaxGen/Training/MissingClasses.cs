namespace SoftmaxGen;

/// <summary>What to do when a class has no row of positive weight in training: in a fold, in a refit on newer rows, in a batch.</summary>
public enum MissingClasses
{
    /// <summary>Throw an <see cref="ArgumentException"/> that names the class: without a row its bias has no finite optimum.</summary>
    Refuse = 0,

    /// <summary>
    /// Count half a row of each class that has none, spread evenly over the <c>n</c> rows of positive weight. With <c>M</c> such classes each row counts
    /// <c>e = 0.5 / (n + M/2)</c> for each of them and <c>1 - M e</c> for its own label. Biases are not penalised, so that at the optimum the mean
    /// probability of such a class over the training rows is exactly <c>e</c>, whatever the penalty and the weights of rows and classes. (Half a row is the
    /// prior of Jeffreys, <i>An invariant form for the prior probability in estimation problems</i>, 1946, for a share.) Where every class has a row, nothing
    /// changes; nor where label smoothing gives every class its share already.
    /// </summary>
    Allow = 1,
}
