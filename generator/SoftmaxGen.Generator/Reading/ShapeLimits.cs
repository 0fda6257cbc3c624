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

    /// <summary>The most classes.</summary>
    public const int MaxClasses = BlockLayout.MostClasses;

    /// <summary>A model of the bias alone has no features to read.</summary>
    public const int MinFeatures = 1;

    /// <summary>The most features.</summary>
    public const int MaxFeatures = BlockLayout.MostFeatures;

    /// <summary>The most weights, <c>C * (m + 1)</c>.</summary>
    public const int MaxParameters = BlockLayout.MostParameters;

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
