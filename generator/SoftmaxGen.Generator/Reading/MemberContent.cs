namespace SoftmaxGen.Generator.Reading;

/// <summary>What a member of a row type holds, as far as the rules tell types apart.</summary>
internal enum MemberContent
{
    /// <summary>Nothing that could be a feature or a label.</summary>
    Other,

    /// <summary>A number other than an <see cref="int"/>.</summary>
    Number,

    /// <summary>An <see cref="int"/>: a number, or a label.</summary>
    Int,

    /// <summary>A <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A value of the enum whose members are the model's classes.</summary>
    Label,
}
