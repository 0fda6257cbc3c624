using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>How the scores of one row are summed: of all products, or of the live ones alone.</summary>
internal interface IRowSums
{
    /// <summary>Gets the parameters of the kernels besides the features and the weights, each with the comma before it.</summary>
    string Parameters { get; }

    /// <summary>Gets the vector that is not finite when a feature without products is not; empty when there is no such feature.</summary>
    string Unused { get; }

    /// <summary>Gets a value indicating whether the same code sums any vectors of classes, the place of their weights aside.</summary>
    bool IsAlikeForAllClasses { get; }

    /// <summary>Gets a value indicating whether the JIT inlines the sums whatever their number is: their locals are few.</summary>
    bool HasFewLocals { get; }

    /// <summary>Emits <see cref="Unused"/>.</summary>
    void EmitLooks();

    /// <summary>Emits the sums of some vectors of classes.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="first">The number of the first sum: <c>s0</c>, <c>s1</c> and so on.</param>
    /// <param name="name">What the names of locals end with that are not sums.</param>
    /// <param name="weights">The local that refers to the first column of the weights.</param>
    /// <param name="declares">Whether the sums are new locals.</param>
    void EmitSums(IReadOnlyList<ClassVector> vectors, int first, string name, string weights, bool declares);
}
