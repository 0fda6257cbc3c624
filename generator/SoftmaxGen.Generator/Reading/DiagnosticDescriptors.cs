using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The table of diagnostics. A row has the id, the title, the message, the place to underline, and the severity where that is not the usual one. In the
/// messages {0} is the model's name, {1} the subject of the violation and {2} its detail. Each row is a field, because the compiler's own analyzer, which
/// compares them with <c>AnalyzerReleases.Unshipped.md</c>, sees no other form.
/// </summary>
internal static class DiagnosticDescriptors
{
    // The rows fill these, and so stand below them.
    private static readonly Dictionary<DiagnosticDescriptor, Place> _places = [];
    private static readonly List<DiagnosticDescriptor> _ofUse = [];

    public static readonly DiagnosticDescriptor TypeNotPartial = OfDeclaration(
        "SMG0001",
        "A softmax model must be partial",
        "'{0}' must be partial, because the generator writes the rest of it",
        Places.Identifier);

    public static readonly DiagnosticDescriptor EnclosingTypeNotPartial = OfDeclaration(
        "SMG0002",
        "The types around a softmax model must be partial",
        "'{1}' must be partial, because the generator writes the rest of the softmax model '{0}' inside it",
        Places.Identifier);

    public static readonly DiagnosticDescriptor UnsupportedTarget = OfDeclaration(
        "SMG0003",
        "A softmax model must be an ordinary class",
        "'{0}' is {1}; a softmax model must be a class that is not static, abstract, a record or local to its file",
        Places.Identifier);

    public static readonly DiagnosticDescriptor ClassesOutOfRange = OfDeclaration(
        "SMG0004",
        "The number of classes is out of range",
        $"Classes of '{{0}}' is {{1}}; it must be from {ShapeLimits.MinClasses} to {ShapeLimits.MaxClasses}",
        Places.Argument("Classes"));

    public static readonly DiagnosticDescriptor FeaturesOutOfRange = OfDeclaration(
        "SMG0005",
        "The number of features is out of range",
        $"Features of '{{0}}' is {{1}}{{2}}; it must be from {ShapeLimits.MinFeatures} to {ShapeLimits.MaxFeatures}",
        Places.Argument("Features"));

    public static readonly DiagnosticDescriptor LabelsOverflow = OfDeclaration(
        "SMG0006",
        "The labels overflow",
        $"FirstLabel of '{{0}}' is {{1}}; the last label, FirstLabel + Classes - 1, must not exceed {int.MaxValue}",
        Places.Argument("FirstLabel"));

    public static readonly DiagnosticDescriptor TooManyParameters = OfDeclaration(
        "SMG0007",
        "A softmax model has too many weights",
        $"'{{0}}' has {{1}} weights, Classes * (Features + 1); there must be no more than {ShapeLimits.MaxParameters}",
        Places.Argument("Features"));

    public static readonly DiagnosticDescriptor LanguageVersionTooLow = OfDeclaration(
        "SMG0008",
        "The C# language version is too low",
        "The softmax model '{0}' is compiled as C# {1}; its generated part needs C# 11 or later",
        Places.Identifier);

    public static readonly DiagnosticDescriptor ReservedMember = OfDeclaration(
        "SMG0009",
        "A name that the generator declares is taken",
        "'{1}' is declared by the generated part of the softmax model '{0}'; choose another name",
        Places.SubjectMember);

    public static readonly DiagnosticDescriptor InstanceConstructor = OfDeclaration(
        "SMG0010",
        "A softmax model must not declare an instance constructor",
        "'{0}' must not declare an instance constructor, because a softmax model is made from its weights; call FromWeights or Train",
        Places.Member(WellKnownMemberNames.InstanceConstructorName));

    public static readonly DiagnosticDescriptor UndefinedPrecision = OfDeclaration(
        "SMG0011",
        "The precision is undefined",
        "Precision of '{0}' is {1}; it must be SoftmaxPrecision.Double or SoftmaxPrecision.Single",
        Places.Argument("Precision"));

    public static readonly DiagnosticDescriptor StackBytesOutOfRange = OfDeclaration(
        "SMG0012",
        "The stack allowed for scratch is out of range",
        $"MaxStackBytes of '{{0}}' is {{1}}; it must be from {ShapeLimits.MinStackBytes} to {ShapeLimits.MaxStackBytes}",
        Places.Argument("MaxStackBytes"));

    /// <summary>No violation, the model is generated. {1} is the least MaxStackBytes that would do, {2} the one there is, {3} is advice.</summary>
    public static readonly DiagnosticDescriptor PooledScratch = OfDeclaration(
        "SMG0013",
        "The scratch of a softmax model is rented from the array pool",
        "The scratch of '{0}' needs {1} bytes but MaxStackBytes is {2}, so each call that computes the loss rents it from the array pool; {3}",
        Places.Argument("MaxStackBytes"),
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor SeveralAttributes = OfDeclaration(
        "SMG0014",
        "A softmax model bears two forms of the attribute",
        "'{0}' bears more than one form of the SoftmaxModel attribute; one says what the model is",
        Places.Identifier);

    public static readonly DiagnosticDescriptor WrongNumberOfNames = OfDeclaration(
        "SMG0015",
        "The names are not as many as the classes or features",
        "{1} of '{0}' {2}",
        Places.SubjectArgument);

    public static readonly DiagnosticDescriptor InvalidName = OfDeclaration(
        "SMG0016",
        "A name of a class or feature is blank or occurs twice",
        "{1} of '{0}' {2}; every name must be different and not blank",
        Places.SubjectArgument);

    public static readonly DiagnosticDescriptor NamesFromType = OfDeclaration(
        "SMG0017",
        "Names are given that a type gives already",
        "{1} of '{0}' must not be given, because the names are those of the members of '{2}'",
        Places.SubjectArgument);

    public static readonly DiagnosticDescriptor ContradictedByType = OfDeclaration(
        "SMG0018",
        "A number contradicts the types of the model",
        "{1} of '{0}' is {2}; leave it out",
        Places.SubjectArgument);

    public static readonly DiagnosticDescriptor FlagsEnum = OfDeclaration(
        "SMG0019",
        "The classes of a softmax model must not be flags",
        "'{1}' is a [Flags] enum, whose values combine; the classes of '{0}' exclude one another",
        Places.TypeArgument(0));

    public static readonly DiagnosticDescriptor EnumAlias = OfDeclaration(
        "SMG0020",
        "Two members of the enum are one class",
        "'{1}' cannot be the classes of '{0}', because {2}; every class has one name, and [NotAClass] leaves out another",
        Places.TypeArgument(0));

    public static readonly DiagnosticDescriptor EnumValueTooLarge = OfDeclaration(
        "SMG0022",
        "A value of the enum does not fit an int",
        $"'{{1}}' cannot be the classes of '{{0}}', because {{2}}; every value must be from {int.MinValue} to {int.MaxValue}",
        Places.TypeArgument(0));

    public static readonly DiagnosticDescriptor TypeOutOfReach = OfDeclaration(
        "SMG0023",
        "A type of the model is out of its reach",
        "'{1}' is {2}, so the generated members of '{0}' cannot speak of it",
        Places.SubjectType);

    public static readonly DiagnosticDescriptor UnsupportedRow = OfDeclaration(
        "SMG0024",
        "Rows must be a class or a struct",
        "'{1}' cannot be the rows of '{0}', because {2}; a row is a class, struct, record or record struct whose members are the features",
        Places.TypeArgument(1));

    public static readonly DiagnosticDescriptor UnfitFeature = OfDeclaration(
        "SMG0025",
        "A member cannot be a feature",
        "'{1}' cannot be a feature of '{0}', because it {2}",
        Places.TypeArgument(1));

    public static readonly DiagnosticDescriptor AmbiguousOrder = OfDeclaration(
        "SMG0026",
        "The order of the features is ambiguous",
        "The order of the features of '{0}' is ambiguous: of '{1}', {2}",
        Places.TypeArgument(1));

    public static readonly DiagnosticDescriptor UnfitLabel = OfDeclaration(
        "SMG0027",
        "A member cannot be the label",
        "'{1}' cannot be the label of '{0}', because {2}",
        Places.TypeArgument(1));

    public static readonly DiagnosticDescriptor UndefinedMissingValues = OfDeclaration(
        "SMG0028",
        "The treatment of missing values is undefined",
        "MissingValues of '{0}' is {1}; it must be MissingValues.Throw or MissingValues.Propagate",
        Places.Argument("MissingValues"));

    public static readonly DiagnosticDescriptor InvalidLabels = OfDeclaration(
        "SMG0029",
        "The labels are not one for each class",
        "{1} of '{0}' {2}",
        Places.SubjectArgument);

    public static readonly DiagnosticDescriptor UnreachableBase = OfDeclaration(
        "SMG0030",
        "The base class of a softmax model cannot be constructed",
        "'{0}' derives from '{1}', which has no constructor that a softmax model could call: one that is accessible and takes no argument",
        Places.Identifier);

    public static readonly DiagnosticDescriptor RequiredMember = OfDeclaration(
        "SMG0031",
        "A softmax model must not have required members",
        "'{1}' of the softmax model '{0}' is required, but FromWeights and Train make models from weights alone",
        Places.SubjectMember);

    /// <summary>A mistake in a call. {0} is the model.</summary>
    public static readonly DiagnosticDescriptor IgnoredTraining = OfUse(
        "SMG0032",
        "The result of a training is ignored",
        "The '{0}' trained here is lost with the result of the training; keep its Model, and look at Converged");

    /// <summary>A mistake in a call. {0} is the model.</summary>
    public static readonly DiagnosticDescriptor UnseenConvergence = OfUse(
        "SMG0033",
        "Nobody looks at how a training ended",
        "The '{0}' trained here is used whether or not the training converged; look at Converged or StopReason of the result",
        DiagnosticSeverity.Info);

    /// <summary>A mistake in a call. {0} is the member, {1} its parameter, {2} the length it takes, {3} the length it is given.</summary>
    public static readonly DiagnosticDescriptor WrongLength = OfUse(
        "SMG0034",
        "A span has the wrong length for the model",
        "'{0}' takes '{1}' of length {2}, but the length here is {3}, and the call will throw ArgumentException");

    /// <summary>{0} is the model, {1} the type, {2} advice.</summary>
    public static readonly DiagnosticDescriptor NoEnum = OfDeclaration(
        "SMG0035",
        "The classes of a softmax model must be an enum",
        "'{1}' cannot be the classes of '{0}', because it is no enum; {2}",
        Places.TypeArgument(0));

    /// <summary>A mistake in an expression. {0} is the model, {1} what else makes it.</summary>
    public static readonly DiagnosticDescriptor ModelCreated = OfUse(
        "SMG0036",
        "A softmax model has no constructor to call",
        "'{0}' cannot be made by new; it comes from Train(…).Model, from a file by Load, from weights by FromWeights{1}");

    /// <summary>A mistake in a call. {0} is the member, {1} the type of the argument, {2} what to write instead.</summary>
    public static readonly DiagnosticDescriptor TableArgument = OfUse(
        "SMG0037",
        "A table of numbers is no span",
        "'{0}' takes a span of numbers, row by row, and no {1}; write {2}");

    /// <summary>A mistake in a row type. {0} is the attribute.</summary>
    public static readonly DiagnosticDescriptor BackingField = OfDeclaration(
        "SMG0038",
        "An attribute marks the field of a property",
        "The attribute marks the field behind the property, which other assemblies cannot see; write [property: {0}]",
        Places.Attribute,
        DiagnosticSeverity.Warning);

    /// <summary>No violation that the generator knows of. {1} is what it does not see.</summary>
    public static readonly DiagnosticDescriptor Unseen = OfDeclaration(
        "SMG0039",
        "Another generator writes a part of a softmax model",
        "The generator of '{0}' does not see {1}, because another generator writes that; declare what belongs to the model in a file of the project",
        Places.Attribute);

    public static readonly DiagnosticDescriptor MalformedFingerprint = OfDeclaration(
        "SMG0040",
        "An accepted fingerprint is malformed",
        "AcceptFingerprint of '{0}' has '{1}'; a fingerprint is sixteen lower-case hexadecimal digits, as ModelShape.Fingerprint gives them",
        Places.Argument("AcceptFingerprint"));

    public static readonly DiagnosticDescriptor WeightsNotListed = OfDeclaration(
        "SMG0041",
        "The weights file is missing",
        "Weights of '{0}' is {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor WeightsMalformed = OfDeclaration(
        "SMG0042",
        "The weights file is malformed",
        "The weights of '{0}' cannot be read: {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor WeightsOfAnotherShape = OfDeclaration(
        "SMG0043",
        "The weights file is of another shape",
        "The weights of '{0}' do not fit: {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor WeightsForOtherNames = OfDeclaration(
        "SMG0044",
        "The weights file has other labels or names",
        "The weights of '{0}' are of another model: {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor WeightNotFinite = OfDeclaration(
        "SMG0045",
        "A weight is not finite",
        "The weights of '{0}' must be finite: {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor WeightsDamaged = OfDeclaration(
        "SMG0046",
        "The weights file is damaged",
        "The weights of '{0}' were changed: {1}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor TooManyWeights = OfDeclaration(
        "SMG0047",
        "The weights file has too many weights to be baked in",
        $"The weights of '{{0}}' are too many to be baked in, which is for {ShapeLimits.MaxBakedParameters} at most; load the file at run time: {{1}}",
        Places.Argument("Weights"));

    public static readonly DiagnosticDescriptor TakenWord = OfDeclaration(
        "SMG0048",
        "A type is called like a word that generated code uses",
        "'{1}' means a type where '{0}' is declared, and something else in its generated part; choose another name for the type",
        Places.Identifier);

    /// <summary>No violation, the model is generated. {1} is the member.</summary>
    public static readonly DiagnosticDescriptor NeverAssigned = OfDeclaration(
        "SMG0049",
        "A member of a softmax model is never given a value",
        "'{1}' of the softmax model '{0}' must not be null, but the generated constructor assigns nothing to it; give it an initializer, or declare it nullable",
        Places.SubjectMember,
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor WrongEncoding = OfDeclaration(
        "SMG0052",
        "A feature is encoded wrongly",
        "'{1}' cannot be encoded for '{0}': {2}",
        Places.TypeArgument(1));

    /// <summary>Gets what may be reported of the declaration of a model, its rows and its weights.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfDeclarations => [.. _places.Keys];

    /// <summary>Gets what may be reported of code that uses a model.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfUses => [.. _ofUse];

    /// <summary>Gets the place to underline of a diagnostic of <see cref="OfDeclarations"/>.</summary>
    /// <returns>What finds the place.</returns>
    public static Place PlaceOf(DiagnosticDescriptor descriptor) => _places[descriptor];

    private static DiagnosticDescriptor OfDeclaration(
        string id, string title, string message, Place place, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        DiagnosticDescriptor descriptor = Create(id, title, message, severity);
        _places.Add(descriptor, place);
        return descriptor;
    }

    // Reported where the mistake was found.
    private static DiagnosticDescriptor OfUse(string id, string title, string message, DiagnosticSeverity severity = DiagnosticSeverity.Warning)
    {
        DiagnosticDescriptor descriptor = Create(id, title, message, severity);
        _ofUse.Add(descriptor);
        return descriptor;
    }

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        category: "SoftmaxGen",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/softmaxgen/softmaxgen/blob/main/docs/diagnostics/{id}.md");
}
