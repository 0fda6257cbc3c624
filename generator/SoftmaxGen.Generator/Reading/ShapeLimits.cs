using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The shapes the generator accepts. Specialised code pays off for shapes far below the upper limits; these exist so that sizes and
/// offsets, in bytes too, stay well inside an <see cref="int"/> everywhere behind the front end.
/// </summary>
internal static class ShapeLimits
{
    /// <summary>With one class there is nothing to predict.</summary>
    public const int MinClasses = 2;

    /// <summary>The scores of a row are scratch on the stack: 32 KiB of <see cref="double"/> at most.</summary>
    public const int MaxClasses = 4096;

    /// <summary>A model of the bias alone has no features to read.</summary>
    public const int MinFeatures = 1;

    /// <summary>A row is 512 KiB of <see cref="double"/> at most.</summary>
    public const int MaxFeatures = 65_536;

    /// <summary>The weights, <c>C * (m + 1)</c>, are 128 MiB of <see cref="double"/> at most.</summary>
    public const int MaxParameters = 16 * 1024 * 1024;

    /// <summary>
    /// The weights that can be baked in. A million numbers take the compiler some five seconds and 700 MiB; larger models are loaded from a file.
    /// </summary>
    public const int MaxBakedParameters = 1024 * 1024;

    /// <summary>The scores of a row, <see cref="MaxClasses"/> of <see cref="double"/>, must fit: a prediction never rents.</summary>
    public const int MinStackBytes = MaxClasses * sizeof(double);

    /// <summary>Threads have stacks of 1.5 MiB on some systems.</summary>
    public const int MaxStackBytes = BlockLayout.MostScratchBytes;

    /// <summary>The generated class implements static abstract members of an interface.</summary>
    public const LanguageVersion MinLanguageVersion = LanguageVersion.CSharp11;
}
