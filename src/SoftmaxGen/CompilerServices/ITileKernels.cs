using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The stages of a tile of packed rows, at one vector width. Implemented by generated code alone. A row vector is as many rows as a vector has lanes; those
/// of a tile are numbered from 0.
/// </summary>
/// <typeparam name="TPlan">The sizes that the stages are made for: no others may be handed over with them.</typeparam>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1716", Justification = "Generated code alone implements it, in C#.")]
[SuppressMessage("Design", "CA1000", Justification = "The members are those of the type that implements them.")]
public interface ITileKernels<TPlan, T>
    where TPlan : struct, IKernelPlan
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the contrasts of a pass of the scores, which the weights are laid out for.</summary>
    static abstract int ContrastsAtOnce { get; }

    /// <summary>Gets a value indicating whether labels have a stage of their own, behind the softmax.</summary>
    static virtual bool HasLabelStage => false;

    /// <summary>Gets the blocks of row-major rows that are added at a time without being packed; 0 when all rows are packed.</summary>
    static virtual int UnpackedBlocks => 0;

    /// <summary>Gets the doubles of scratch that such rows need besides.</summary>
    static virtual int UnpackedDoubles => 0;

    /// <summary>Gets a value indicating whether the Hessian makes products of columns where it uses them.</summary>
    static virtual bool FusesHessian => false;

    /// <summary>Computes the scaled contrasts of a tile.</summary>
    /// <param name="x">The features.</param>
    /// <param name="w">The scaled weights of the contrasts.</param>
    /// <param name="t">Receives the contrasts.</param>
    /// <param name="next">The features of the next tile, which are fetched.</param>
    /// <param name="blocks">The number of blocks.</param>
    static abstract void Scores(ref T x, ref T w, ref T t, ref T next, int blocks);

    /// <summary>Adds the products of residuals and features to the gradient sums.</summary>
    /// <param name="x">The features.</param>
    /// <param name="r">The residuals.</param>
    /// <param name="next">The features of the next tile, which are fetched.</param>
    /// <param name="g">The sums.</param>
    /// <param name="blocks">The number of blocks.</param>
    static abstract void Gradient(ref T x, ref T r, ref T next, ref double g, int blocks);

    /// <summary>Turns contrasts into probabilities, up to a row vector beyond the exponential's range.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="vector">The first row vector.</param>
    /// <param name="end">The number of row vectors.</param>
    /// <returns>The row vector beyond the range, or the number of row vectors.</returns>
    static abstract nint Probabilities(ref T t, nint vector, nint end);

    /// <summary>Turns contrasts into residuals, up to a row vector beyond the exponential's range, and adds up the loss.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="y">The class indices.</param>
    /// <param name="loss">The parts of the loss.</param>
    /// <param name="vector">The first row vector.</param>
    /// <param name="end">The number of row vectors.</param>
    /// <returns>The row vector beyond the range, or the number of row vectors.</returns>
    static virtual nint Softmax(ref T t, ref T y, ref T loss, nint vector, nint end) => throw new NotSupportedException();

    /// <summary>Does the same for rows with weights.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="y">The class indices.</param>
    /// <param name="w">The weights of the rows.</param>
    /// <param name="loss">The parts of the loss.</param>
    /// <param name="vector">The first row vector.</param>
    /// <param name="end">The number of row vectors.</param>
    /// <returns>The row vector beyond the range, or the number of row vectors.</returns>
    static virtual nint WeightedSoftmax(ref T t, ref T y, ref T w, ref T loss, nint vector, nint end) => throw new NotSupportedException();

    /// <summary>Turns contrasts into probabilities for the stage of the labels; those of row vectors beyond the exponential's range become NaN.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="p">Receives the probability of class 0.</param>
    /// <param name="end">The number of row vectors.</param>
    static virtual void Softmax(ref T t, ref T p, nint end) => throw new NotSupportedException();

    /// <summary>Does the same for rows with weights, and multiplies by them.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="w">The weights of the rows.</param>
    /// <param name="p">Receives the probability of class 0.</param>
    /// <param name="end">The number of row vectors.</param>
    static virtual void WeightedSoftmax(ref T t, ref T w, ref T p, nint end) => throw new NotSupportedException();

    /// <summary>Prepares what rows that are not packed need of the weights.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="unpacked">Their part of the scratch.</param>
    static virtual void PrepareUnpacked(ReadOnlySpan<double> weights, ref T unpacked)
    {
    }

    /// <summary>Adds blocks of row-major rows to the gradient sums and the loss, up to one with a row beyond the exponential's range.</summary>
    /// <param name="x">The features, row by row.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="w">The scaled weights of the contrasts.</param>
    /// <param name="blocks">Room for two blocks of packed rows.</param>
    /// <param name="unpacked">What <see cref="PrepareUnpacked"/> has prepared.</param>
    /// <param name="g">The gradient sums.</param>
    /// <param name="loss">The parts of the loss.</param>
    /// <param name="end">The number of blocks.</param>
    /// <returns>The block that was not added, or the number of blocks.</returns>
    static virtual nint AddUnpacked(ref T x, ref int labels, ref T w, ref T blocks, ref T unpacked, ref double g, ref T loss, nint end) =>
        throw new NotSupportedException();

    /// <summary>Turns contrasts into products of pairs of probabilities, up to a row vector beyond the exponential's range.</summary>
    /// <param name="t">The contrasts of the tile.</param>
    /// <param name="w">The weights of the rows.</param>
    /// <param name="h">Receives the products.</param>
    /// <param name="vector">The first row vector.</param>
    /// <param name="end">The number of row vectors.</param>
    /// <returns>The row vector beyond the range, or the number of row vectors.</returns>
    static virtual nint SoftmaxPairs(ref T t, ref T w, ref T h, nint vector, nint end) => throw new NotSupportedException();

    /// <summary>Adds the products of pairs of contrasts and of pairs of columns to the sums of the Hessian.</summary>
    /// <param name="x">The features; or the products of columns, unless the Hessian makes them where it uses them.</param>
    /// <param name="h">The products of pairs of contrasts.</param>
    /// <param name="g">The sums.</param>
    /// <param name="blocks">The number of blocks.</param>
    static virtual void Hessian(ref T x, ref T h, ref double g, int blocks) => throw new NotSupportedException();
}
