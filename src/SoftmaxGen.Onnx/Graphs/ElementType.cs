namespace SoftmaxGen.Onnx.Graphs;

/// <summary>The type of a tensor's elements, <c>TensorProto.DataType</c>, of those that occur here.</summary>
internal enum ElementType
{
    /// <summary>Not stated.</summary>
    Undefined = 0,

    /// <summary><see cref="float"/>.</summary>
    Float = 1,

    /// <summary><see cref="long"/>.</summary>
    Int64 = 7,

    /// <summary>A text.</summary>
    String = 8,

    /// <summary><see cref="double"/>.</summary>
    Double = 11,
}
