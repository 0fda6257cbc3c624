using System.ComponentModel;

namespace SoftmaxGen.CompilerServices;

/// <summary>Predicts tiles of rows. Implemented by generated code alone.</summary>
/// <typeparam name="T">The type of the features.</typeparam>
/// <typeparam name="TResult">The type of what is predicted: labels or probabilities.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITilePredictor<T, TResult>
    where T : unmanaged
{
    /// <summary>Predicts one tile after the other, up to one that is unusual: a score of it is not finite, or the scores of a row are very far apart.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major: whole blocks of them.</param>
    /// <param name="weights">The first weight of the model, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">The first weight of their second copy.</param>
    /// <param name="results">Receives the labels or the probabilities of the rows.</param>
    /// <param name="scratch">The first element of the scratch, on a 64-byte boundary.</param>
    /// <returns>The number of rows before the unusual tile; all of them when there is none.</returns>
    static abstract int Predict(ReadOnlySpan<T> rows, ref T weights, ref T columns, Span<TResult> results, ref T scratch);
}
