namespace SoftmaxGen.Data;

/// <summary>Looks at a row of positive weight of a training set.</summary>
/// <param name="row">The row <c>[1, x_1 … x_m]</c>.</param>
/// <param name="classIndex">The index of its class, the one with the largest target where labels are soft.</param>
/// <param name="weight">Its weight.</param>
/// <param name="offsets">What is added to its <c>C</c> scores; empty for nothing.</param>
/// <returns>Whether to go on with the next row.</returns>
internal delegate bool RowVisitor(ReadOnlySpan<double> row, int classIndex, double weight, ReadOnlySpan<double> offsets);
