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

    /// <summary>A type is called like a word that generated code uses; the subject is the word.</summary>
    TakenWord,

    /// <summary>The class has an instance constructor of its own.</summary>
    InstanceConstructor,

    /// <summary>The base class cannot be constructed without arguments; the subject is its name.</summary>
    UnreachableBase,

    /// <summary>A member is <c>required</c>, its own or an inherited one; the subject is its name.</summary>
    RequiredMember,

    /// <summary>The precision is no value of its enum; the subject is the value.</summary>
    UndefinedPrecision,

    /// <summary>The stack allowed for scratch is out of range; the subject is the number of bytes.</summary>
    StackBytesOutOfRange,

    /// <summary>The class bears two forms of the attribute.</summary>
    SeveralAttributes,

    /// <summary>The names of classes or features are not as many as these; the subject is the argument.</summary>
    WrongNumberOfNames,

    /// <summary>A name is blank or occurs twice; the subject is the argument.</summary>
    InvalidName,

    /// <summary>The labels are not one for each class; the subject is the argument.</summary>
    InvalidLabels,

    /// <summary>Names are given that a type gives already; the subject is the argument, the detail the type.</summary>
    NamesFromType,

    /// <summary>A number is given that is not that of the type; the subject is the argument.</summary>
    ContradictedByType,

    /// <summary>The enum bears <c>[Flags]</c>; the subject is its name.</summary>
    FlagsEnum,

    /// <summary>Two members of the enum have one value; the subject is its name.</summary>
    EnumAlias,

    /// <summary>A value of the enum is not one of <see cref="int"/>; the subject is the enum's name.</summary>
    EnumValueTooLarge,

    /// <summary>The generated members cannot speak of the enum or the row type; the subject is its name.</summary>
    TypeOutOfReach,

    /// <summary>The row type cannot be one, whatever its members; the subject is its name.</summary>
    UnsupportedRow,

    /// <summary>A member of the row type cannot be a feature; the subject is its name.</summary>
    UnfitFeature,

    /// <summary>It is not clear which feature comes first; the subject is the row type's name.</summary>
    AmbiguousOrder,

    /// <summary>A member of the row type cannot be the label; the subject is its name.</summary>
    UnfitLabel,

    /// <summary>The treatment of missing values is no value of its enum; the subject is the value.</summary>
    UndefinedMissingValues,

    /// <summary>An accepted fingerprint is none; the subject is what stands in its place.</summary>
    MalformedFingerprint,

    /// <summary>The weights file is missing from the additional files, or more than one has its name; the subject says which.</summary>
    WeightsNotListed,

    /// <summary>The weights file is not as specified; the subject says where and why.</summary>
    WeightsMalformed,

    /// <summary>The weights file is of another shape; the subject names both.</summary>
    WeightsOfAnotherShape,

    /// <summary>The weights file has other labels or names; the subject says which.</summary>
    WeightsForOtherNames,

    /// <summary>A weight is not finite; the subject says which.</summary>
    WeightNotFinite,

    /// <summary>The checksum of the weights file is not that of its numbers; the subject has both.</summary>
    WeightsDamaged,

    /// <summary>The weights file has more weights than can be baked in; the subject is their number.</summary>
    TooManyWeights,
}
