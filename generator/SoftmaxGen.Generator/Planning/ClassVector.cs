namespace SoftmaxGen.Generator.Planning;

/// <summary>A vector of classes, as the prediction of one row takes them.</summary>
/// <param name="Offset">Where its weights begin in a column.</param>
/// <param name="FirstClass">The class in its first lane.</param>
/// <param name="Repeated">How many of its first lanes repeat classes of the vector before.</param>
internal sealed record ClassVector(int Offset, int FirstClass, int Repeated);
