using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Generator;

/// <summary>The generator's times on a project, in nanoseconds.</summary>
/// <param name="Models">The number of models in the project.</param>
/// <param name="RowMembers">The number of features that each model's row type has as members; zero for models without row types.</param>
/// <param name="FirstRun">A fresh driver's first run in a process that has run one before.</param>
/// <param name="UnrelatedKeystroke">A run after an edit of a file without models.</param>
/// <param name="IdleKeystroke">The same of a generator that looks for one attribute, as the compiler offers to, and does nothing.</param>
/// <param name="DeclarationKeystroke">A run after an edit of a declaration in a file without models.</param>
/// <param name="ModelKeystroke">A run after an edit of a model's file that leaves the model as it is.</param>
/// <param name="ShapeKeystroke">A run after an edit of one model's shape.</param>
internal sealed record KeystrokeResult(
    int Models,
    int RowMembers,
    RoundTimes FirstRun,
    RoundTimes UnrelatedKeystroke,
    RoundTimes IdleKeystroke,
    RoundTimes DeclarationKeystroke,
    RoundTimes ModelKeystroke,
    RoundTimes ShapeKeystroke);
