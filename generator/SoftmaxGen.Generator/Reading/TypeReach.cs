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

    /// <summary>The type is marked <c>[Obsolete(error: true)]</c>, and the model is not obsolete.</summary>
    Forbidden,

    /// <summary>
    /// The name of the type, as generated code writes it, does not lead to the type: its assembly is referenced by an alias, or another type has the name.
    /// </summary>
    Unnameable,
}
