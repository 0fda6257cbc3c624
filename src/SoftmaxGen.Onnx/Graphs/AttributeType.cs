namespace SoftmaxGen.Onnx.Graphs;

/// <summary>The type of an attribute's value, <c>AttributeProto.AttributeType</c>, of those that occur here.</summary>
internal enum AttributeType
{
    /// <summary>Not stated.</summary>
    Undefined = 0,

    /// <summary>A number.</summary>
    Float = 1,

    /// <summary>An integer.</summary>
    Int = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>Numbers.</summary>
    Floats = 6,

    /// <summary>Integers.</summary>
    Ints = 7,

    /// <summary>Texts.</summary>
    Strings = 8,
}
