namespace SoftmaxGen;

/// <summary>
/// The settings that all forms of the model attribute share: <see cref="SoftmaxModelAttribute"/>, whose numbers are given,
/// <see cref="SoftmaxModelAttribute{TLabel}"/>, whose classes are an enum, and <see cref="SoftmaxModelAttribute{TLabel, TRow}"/>, whose features are
/// the members of a type besides.
/// </summary>
// Structs are admitted here only so that the analyzer, not the compiler, explains why they cannot be models.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public abstract class ModelSettingsAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="ModelSettingsAttribute"/> class. The generator knows its forms; there can be no others.</summary>
    private protected ModelSettingsAttribute()
    {
    }

    /// <summary>Gets or sets the number of classes, <c>C</c>; at least 2. Required, unless an enum or <see cref="Labels"/> says it.</summary>
    public int Classes { get; set; }

    /// <summary>Gets or sets the number of features of a row, <c>m</c>, the bias not counted; at least 1. Required.</summary>
    public int Features { get; set; }

    /// <summary>
    /// Gets or sets the label of the first class: labels run from <c>FirstLabel</c> to <c>FirstLabel + Classes - 1</c> wherever a
    /// label goes in or comes out. The default is 0.
    /// </summary>
    public int FirstLabel { get; set; }

    /// <summary>
    /// Gets or sets the labels of the classes in their order, where they are not counted from <see cref="FirstLabel"/>: <c>new[] { -1, 1 }</c>, any
    /// different integers. <c>Classes</c> need not be given besides. Labels go in and come out as they are; the values of an enum of classes are
    /// labels already. The default is none.
    /// </summary>
    public int[]? Labels { get; set; }

    /// <summary>Gets or sets the type of features, weights and probabilities. The default is <see cref="SoftmaxPrecision.Double"/>.</summary>
    public SoftmaxPrecision Precision { get; set; }

    /// <summary>
    /// Gets or sets the most stack, in bytes, that one call of a generated member may reserve for its scratch; from 32,768 to 1,048,576.
    /// Scratch that needs more is rented from the array pool instead, once per call, and diagnostic SMG0013 says so. Whoever raises it answers
    /// for the stacks of all threads that call the model. The default is 65,536.
    /// </summary>
    public int MaxStackBytes { get; set; } = AttributeDefaults.MaxStackBytes;

    /// <summary>
    /// Gets or sets the names of the classes, that of the first label first: <c>Classes</c> of them, each different. Files carry them and refuse
    /// a model with others. The default is none: classes go by their labels.
    /// </summary>
    public string[]? ClassNames { get; set; }

    /// <summary>
    /// Gets or sets the names of the features in the order of a row: <c>Features</c> of them, each different. Messages and files carry them. The
    /// default is none: features go by the names <c>x1</c> to <c>xm</c>.
    /// </summary>
    public string[]? FeatureNames { get; set; }

    /// <summary>
    /// Gets or sets what <c>Predict</c>, <c>PredictProbabilities</c> and their kin do about a feature that is NaN or infinite. Training refuses such
    /// features in any case. The default is <see cref="MissingValues.Throw"/>.
    /// </summary>
    public MissingValues MissingValues { get; set; }

    /// <summary>
    /// Gets or sets the fingerprints of predecessors whose files the model loads although their labels or names were others: sixteen lower-case
    /// hexadecimal digits, as <see cref="ModelShape.Fingerprint"/> gives them, several separated by commas. Classes and features must mean what they
    /// meant, in the same order; their numbers and the precision are compared all the same. The default is none.
    /// </summary>
    public string? AcceptFingerprint { get; set; }

    /// <summary>
    /// Gets or sets the name of a model file in the JSON form whose weights are baked in: the class gets a static property <c>Pretrained</c>. The file
    /// must be among the project's <c>AdditionalFiles</c>; where several have the name, say more of the path. The default is none.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the program may be compiled without the file of <see cref="Weights"/>, as it must be before it has trained
    /// the first time. <c>Pretrained</c> may then be null, and is while the file is missing. The default is false: a missing file is an error.
    /// </summary>
    public bool WeightsOptional { get; set; }
}
