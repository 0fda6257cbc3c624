using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Sparse;

/// <summary>Times the prediction of rows by baked weights with zeros, beside the code that multiplies every weight.</summary>
internal static class SparseMode
{
    private static readonly Func<SparseResult>[] _contests =
    [
        static () => SparseContest<DigitsL1>.Run("10 x 64 digits", DigitsL1.Pretrained),
        static () => SparseContest<Scattered10x64Zero50>.Run("10 x 64 scattered", Scattered10x64Zero50.Pretrained),
        static () => SparseContest<Scattered10x64Zero80>.Run("10 x 64 scattered", Scattered10x64Zero80.Pretrained),
        static () => SparseContest<Scattered10x64Zero85>.Run("10 x 64 scattered", Scattered10x64Zero85.Pretrained),
        static () => SparseContest<Scattered10x64Zero90>.Run("10 x 64 scattered", Scattered10x64Zero90.Pretrained),
        static () => SparseContest<Scattered10x64Zero95>.Run("10 x 64 scattered", Scattered10x64Zero95.Pretrained),
        static () => SparseContest<Features10x64Zero25>.Run("10 x 64 features", Features10x64Zero25.Pretrained),
        static () => SparseContest<Features10x64Zero50>.Run("10 x 64 features", Features10x64Zero50.Pretrained),
        static () => SparseContest<Features10x64Zero75>.Run("10 x 64 features", Features10x64Zero75.Pretrained),
        static () => SparseContest<Features10x64Zero90>.Run("10 x 64 features", Features10x64Zero90.Pretrained),
        static () => SparseContest<Scattered3x30Zero80>.Run("3 x 30 scattered", Scattered3x30Zero80.Pretrained),
        static () => SparseContest<Features7x54Zero50>.Run("7 x 54 features", Features7x54Zero50.Pretrained),
        static () => SparseContest<Features26x16Zero50>.Run("26 x 16 features", Features26x16Zero50.Pretrained),
        static () => SparseContest<Features10x784Zero75>.Run("10 x 784 features", Features10x784Zero75.Pretrained),
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => MarkdownOption.Run(args, "sparse", Measure);

    private static string Measure() => SparseReport.Write([.. _contests.Select(static run => run())]);
}
