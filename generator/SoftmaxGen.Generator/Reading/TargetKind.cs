namespace SoftmaxGen.Generator.Reading;

/// <summary>What kind of declaration bears the attribute, as far as the rules tell kinds apart.</summary>
internal enum TargetKind
{
    /// <summary>A class that can be a model.</summary>
    Class,

    /// <summary>A static class, which has no instance to hold weights.</summary>
    StaticClass,

    /// <summary>An abstract class, which <c>FromWeights</c> could not instantiate.</summary>
    AbstractClass,

    /// <summary>A file-local class, or one inside a file-local type: a generated file cannot continue it.</summary>
    FileLocalClass,

    /// <summary>A record class, whose copying and equality would bypass the generated members.</summary>
    Record,

    /// <summary>A struct of any sort, whose default value has no weights.</summary>
    Struct,

    /// <summary>Anything else; the compiler rejects the attribute there too.</summary>
    NotAClass,
}
