using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>The sizes of a model, which most of a plan follows from.</summary>
/// <param name="Classes">The classes, <c>C</c>.</param>
/// <param name="Features">The features of a row, <c>m</c>, the bias not counted.</param>
/// <param name="Precision">The type of features and weights.</param>
internal sealed record Shape(int Classes, int Features, Precision Precision)
{
    /// <summary>The contrasts, <c>C - 1</c>.</summary>
    public int Contrasts => Classes - 1;

    /// <summary>The columns of weights, <c>m + 1</c>; column 0 is the bias.</summary>
    public int Columns => Features + 1;

    public int ScalarBytes => Precision == Precision.Double ? sizeof(double) : sizeof(float);

    /// <summary>Rows of a block: the lanes of its row vectors.</summary>
    public int BlockRows => BlockLayout.VectorBytes / ScalarBytes;
}
