namespace SoftmaxGen.Generator.Reading;

/// <summary>The rules a model can break, one for each diagnostic.</summary>
internal enum ViolationKind
{
    /// <summary>The class is not <c>partial</c>.</summary>
    TypeNotPartial,

    /// <summary>A type around the class is not <c>partial</c>; the subject is its name.</summary>
    EnclosingTypeNotPartial,

    /// <summary>The attribute is on something that cannot be a model; the subject says on what.</summary>
    UnsupportedTarget,

    /// <summary>The number of classes is missing or out of range; the subject is the number.</summary>
    ClassesOutOfRange,

    /// <summary>The number of features is missing or out of range; the subject is the number.</summary>
    FeaturesOutOfRange,

    /// <summary>The last label would not be an <see cref="int"/>; the subject is the first label.</summary>
    LabelsOverflow,

    /// <summary>The model would have too many weights; the subject is their number.</summary>
    TooManyParameters,

    /// <summary>The version of C# is too low for the generated code; the subject is the version.</summary>
    LanguageVersionTooLow,

    /// <summary>A name that the generated code declares is taken; the subject is the name.</summary>
    ReservedMember,

    /// <summary>The class has an instance constructor of its own.</summary>
    InstanceConstructor,

    /// <summary>The precision is no value of its enum; the subject is the value.</summary>
    UndefinedPrecision,

    /// <summary>The stack allowed for scratch is out of range; the subject is the number of bytes.</summary>
    StackBytesOutOfRange,

    /// <summary>An accepted fingerprint is none; the subject is what stands in its place.</summary>
    MalformedFingerprint,
}
