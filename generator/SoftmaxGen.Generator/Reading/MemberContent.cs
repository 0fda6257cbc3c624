namespace SoftmaxGen.Generator.Reading;

/// <summary>What a member of a row type holds, as far as it can be a label.</summary>
internal enum MemberContent
{
    /// <summary>Nothing that could be a label.</summary>
    Other,

    /// <summary>An <see cref="int"/>.</summary>
    Int,

    /// <summary>A value of the enum whose members are the model's classes.</summary>
    Label,
}
