using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>One of the kernels that predict a row: what it returns, and what it takes beside the row and the columns of the weights.</summary>
/// <param name="Name">Its name without the prefix that tells whether it skips zeros.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Answer">What the result is.</param>
/// <param name="Modifier">How it takes its target; empty where it has none.</param>
/// <param name="Target">Where it stores more than the result; empty where it does not.</param>
internal sealed record RowKernel(string Name, string Result, string Answer, string Modifier = "", string Target = "")
{
    /// <summary>How the names of kernels begin that multiply all weights.</summary>
    public const string All = "Row";

    /// <summary>How the names of kernels begin that skip zeros.</summary>
    public const string Sparse = "Sparse";

    /// <summary>How the names of kernels begin that add up the terms of a row.</summary>
    public const string Terms = "Term";

    /// <summary>Gets the kernels.</summary>
    public static IReadOnlyList<RowKernel> Kernels { get; } =
    [
        new("Best", "int", "best"),
        new("Best", "int", "best", "out", "probability"),
        new("Scores", "bool", "isFinite", "ref", "s"),
        new("Probabilities", "bool", "isFinite", "ref", "p"),
    ];

    /// <summary>The argument for the target, with what separates it from others.</summary>
    public string TargetArgument => Target.Length > 0 ? $", {Modifier} {Target}" : "";

    /// <summary>The parameter for the target, with what separates it from others.</summary>
    public string TargetParameter(KernelPlan plan) => Target.Length > 0 ? $", {Modifier} {plan.Scalar} {Target}" : "";
}
