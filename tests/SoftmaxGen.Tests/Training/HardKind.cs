namespace SoftmaxGen.Tests.Training;

/// <summary>Kinds of data on which trainings are tempted to say what is not so.</summary>
internal enum HardKind
{
    /// <summary>Nothing special.</summary>
    Ordinary,

    /// <summary>A feature is constant but for rounding.</summary>
    NearlyConstant,

    /// <summary>One row lies far from all others and dictates the deviation.</summary>
    FarRow,

    /// <summary>The initial weights are large and wrong.</summary>
    SaturatedStart,

    /// <summary>Features lie many deviations from zero, as times do.</summary>
    FarFromZero,

    /// <summary>Something is added to the scores, and most of it speaks for the right class.</summary>
    Offsets,

    /// <summary>Each class lies apart, and some rows weigh next to nothing.</summary>
    Separable,

    /// <summary>One class lies apart but for a tie.</summary>
    QuasiSeparable,

    /// <summary>Features are tiny or huge.</summary>
    Units,

    /// <summary>A feature is a copy or a power of another.</summary>
    Determined,

    /// <summary>One class lies apart but for a tie, and the weights of rows span a dozen powers of ten.</summary>
    ManyDecades,

    /// <summary>Features are switches that few rows have on, and one row lies far from all others.</summary>
    Switches,

    /// <summary>Features are tiny or huge, and the initial weights are of another unit.</summary>
    StartOfOtherUnits,

    /// <summary>A feature is a copy of another, or a combination of all others, but for a thousandth to a billionth.</summary>
    NearlyDetermined,

    /// <summary>The weights of rows span a dozen powers of ten, and classes overlap.</summary>
    LightRows,
}
