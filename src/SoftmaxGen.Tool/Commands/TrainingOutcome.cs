using SoftmaxGen.Compiler;

namespace SoftmaxGen.Tool.Commands;

/// <summary>What came of a training.</summary>
/// <param name="Training">The model and how its training ended.</param>
/// <param name="Validation">The cross-validation with the same penalty; null where a class has too few rows for one.</param>
/// <param name="Path">The strengths of the penalty that were tried; null where none was chosen.</param>
/// <param name="L2">The strength of the penalty.</param>
/// <param name="Rows">The number of rows that were trained on.</param>
internal sealed record TrainingOutcome(CompiledTraining Training, CrossValidationResult? Validation, L2PathResult? Path, double L2, long Rows)
{
    /// <summary>Gets a value indicating whether the user canceled the search for a better penalty, or the cross-validation.</summary>
    public bool WasCutShort { get; init; }
}
