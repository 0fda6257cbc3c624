using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// All that can be said of the rows of a training set. Either labels or targets are given. Of a row <c>i</c> with weight <c>w_i</c>, targets
/// <c>q_ij</c> and offsets <c>o_ij</c>, the loss is <c>-w_i sum_j q_ij log P(Y=j|x_i)</c> with the scores <c>S_ij = W_j x_i + o_ij</c>.
/// Spans are read while a training set is made, and not after.
/// </summary>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <example>
/// Soft labels, and rows with a missing feature left out:
/// <code>
/// var rows = new TrainingRows&lt;double&gt; { Rows = features, Targets = shares, IncompleteRows = IncompleteRows.Skip };
/// using var set = new TrainingSet&lt;IrisModel, double&gt;(rows);
/// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(set);
/// </code>
/// </example>
public readonly ref struct TrainingRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the rows, <c>n x m</c>, row-major.</summary>
    public required ReadOnlySpan<T> Rows { get; init; }

    /// <summary>Gets the <c>n</c> labels; empty when there are targets.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>
    /// Gets the soft labels, <c>n x C</c>, row-major: the share of each class in each row, not negative; the shares of a row add up to 1, within 1e-4 in
    /// single and 1e-9 in double precision, and are divided by their sum. Empty when there are labels.
    /// </summary>
    public ReadOnlySpan<T> Targets { get; init; }

    /// <summary>Gets the <c>n</c> weights of the rows, finite and not negative; empty: every row weighs 1.</summary>
    public ReadOnlySpan<T> RowWeights { get; init; }

    /// <summary>
    /// Gets what is added to the scores, <c>n x C</c>, row-major, finite; empty for nothing. The trained model does not contain them. Generated kernels
    /// know no offsets: such a training set runs in plain loops, some twenty times slower, and without the exact Hessian.
    /// </summary>
    public ReadOnlySpan<T> Offsets { get; init; }

    /// <summary>Gets what to do with rows that have a missing feature. The default is to throw.</summary>
    public IncompleteRows IncompleteRows { get; init; }
}
