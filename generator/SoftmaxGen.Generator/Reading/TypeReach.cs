namespace SoftmaxGen.Generator.Reading;

/// <summary>Whether the public members of a model can speak of a type.</summary>
internal enum TypeReach
{
    /// <summary>They can.</summary>
    Full,

    /// <summary>Someone who sees the model may not see the type: the compiler's error CS0050 or CS0051 in the generated part.</summary>
    LessAccessible,

    /// <summary>The type is local to its file, and the generated part is another file.</summary>
    FileLocal,
}
