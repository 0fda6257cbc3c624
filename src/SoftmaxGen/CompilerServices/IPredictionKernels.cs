using System.ComponentModel;

namespace SoftmaxGen.CompilerServices;

/// <summary>The prediction of one row, and the stages of a tile of rows. Implemented by generated code alone.</summary>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPredictionKernels<T> : IKernelPlan
    where T : unmanaged
{
    /// <summary>Gets the length of the second copy of the weights, from its first column on.</summary>
    static abstract int ColumnsLength { get; }

    /// <summary>Finds the class of one row with the largest score.</summary>
    /// <param name="x">The features.</param>
    /// <param name="columns">The second copy of the weights.</param>
    /// <returns>Its index; -1 when a score is not finite.</returns>
    static abstract int RowBest(ref T x, ref T columns);

    /// <summary>Computes the probabilities of one row.</summary>
    /// <param name="x">The features.</param>
    /// <param name="columns">The second copy of the weights.</param>
    /// <param name="p">Receives the probabilities.</param>
    /// <returns>Whether the scores are finite.</returns>
    static abstract bool RowProbabilities(ref T x, ref T columns, ref T p);

    /// <summary>Computes the scores of a tile of rows.</summary>
    /// <param name="x">The features, row by row.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="columns">The second copy of the weights.</param>
    /// <param name="t">Receives the scores, block by block; behind those of a block the largest and the smallest of each row.</param>
    /// <param name="packed">Room for the packed features of a block.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <returns>Whether all scores are finite.</returns>
    static virtual bool BatchScores(ref T x, ref T weights, ref T columns, ref T t, ref T packed, int blocks) => throw new NotSupportedException();

    /// <summary>Finds the class with the largest score of each row.</summary>
    /// <param name="t">The scores; receives the classes as numbers, one row behind the other.</param>
    /// <param name="blocks">The number of blocks.</param>
    static virtual void BatchBest(ref T t, int blocks) => throw new NotSupportedException();

    /// <summary>Turns scores into exponentials, and the largest of each row into what makes probabilities of them.</summary>
    /// <param name="t">The scores.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <returns>Whether all exponentials are normal numbers.</returns>
    static virtual bool BatchExponentials(ref T t, int blocks) => throw new NotSupportedException();
}
