using System.Text.Json.Serialization;
using SoftmaxGen.Compiler.Shapes;

namespace SoftmaxGen.Compiler;

/// <summary>
/// The shape of a model as data: what a program knows that reads a table, where a programmer writes an enum, a record and a class. Immutable; checked when
/// it is compiled or written.
/// </summary>
/// <example>
/// <code>
/// var shape = new ShapeDefinition
/// {
///     Name = "Client",
///     LabelName = "Churn",
///     ClassNames = ["stays", "leaves"],
///     Features =
///     [
///         new CategoryFeature("Contract", ["monthly", "one year", "two years"]),
///         new NumberFeature("Charges") { IsOptional = true },
///         new BucketFeature("Age", [18, 25, 35]),
///     ],
/// };
/// </code>
/// </example>
public sealed record ShapeDefinition
{
    /// <summary>Gets what to call a row: the record has the name, and the model class has it with <c>Model</c> behind. The default is <c>Row</c>.</summary>
    public string Name { get; init; } = "Row";

    /// <summary>Gets what to call the label: the enum has the name. The default is <c>Label</c>.</summary>
    public string LabelName { get; init; } = "Label";

    /// <summary>Gets the names of the classes, two at least, none blank, all different. Their labels are 0, 1, 2 and so on.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Gets the features, one at least, with names that are not blank and all different.</summary>
    public required IReadOnlyList<FeatureDefinition> Features { get; init; }

    /// <summary>Gets the type of weights and probabilities. The default is <see cref="SoftmaxPrecision.Double"/>.</summary>
    public SoftmaxPrecision Precision { get; init; }

    /// <summary>Gets the name of the record in C#: <see cref="Name"/> as an identifier.</summary>
    /// <exception cref="ArgumentException">The definition breaks a rule; the message names the class or the feature.</exception>
    [JsonIgnore]
    public string RowTypeName => ShapeNames.Of(this).Row;

    /// <summary>Gets the name of the model class in C#.</summary>
    /// <exception cref="ArgumentException">The definition breaks a rule; the message names the class or the feature.</exception>
    [JsonIgnore]
    public string ModelTypeName => ShapeNames.Of(this).Model;

    /// <summary>
    /// Writes the declaration as C#: an enum of the classes, a record of the features, and the class of the model, as a person would write them.
    /// </summary>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <returns>
    /// The text of a file, lines ended by <c>\n</c>. With the package SoftmaxGen it compiles to the model that <see cref="ModelCompiler"/> makes.
    /// </returns>
    /// <exception cref="ArgumentException">The definition breaks a rule; the message names the class or the feature.</exception>
    public string ToCSharp(DeclarationOptions? options = null) =>
        DeclarationText.Write(this, ShapeNames.Of(this), options ?? new DeclarationOptions());
}
