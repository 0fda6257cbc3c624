namespace SoftmaxGen.Data;

/// <summary>Looks at a row of positive weight of a training set.</summary>
/// <param name="row">The row, which the next one overwrites.</param>
/// <returns>Whether to go on with the next row.</returns>
internal delegate bool RowVisitor(TrainingRow row);
