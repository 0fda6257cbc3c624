using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Compiler.Shapes;

/// <summary>Writes a definition as C#. Names go into literals and comments, and nowhere else: none can become code.</summary>
internal static class DeclarationText
{
    private const int LongestLine = 140;

    /// <summary>Writes the declaration.</summary>
    /// <param name="definition">The definition, which is valid.</param>
    /// <param name="names">Its identifiers.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="ArgumentException">The namespace is none.</exception>
    public static string Write(ShapeDefinition definition, ShapeNames names, DeclarationOptions options)
    {
        if (!options.Namespace.Split('.').All(SyntaxFacts.IsValidIdentifier))
        {
            throw new ArgumentException($"'{options.Namespace}' is no namespace: identifiers with dots between them.", nameof(options));
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"using SoftmaxGen;\n\nnamespace {options.Namespace};\n\n");
        WriteEnum(text, definition, names);
        WriteRecord(text, definition, names);
        WriteModel(text, definition, names, options);
        return text.ToString();
    }

    /// <summary>Writes a string as a literal.</summary>
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    private static void WriteEnum(StringBuilder text, ShapeDefinition definition, ShapeNames names)
    {
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>The classes of {Comment(definition.LabelName)}.</summary>\npublic enum {names.Label}\n{{\n");
        foreach ((string name, string member) in definition.ClassNames.Zip(names.Classes))
        {
            text.Append(name == member ? "" : $"    [ClassName({Literal(name)})]\n");
            text.Append(CultureInfo.InvariantCulture, $"    {member},\n");
        }

        text.Append("}\n\n");
    }

    private static void WriteRecord(StringBuilder text, ShapeDefinition definition, ShapeNames names)
    {
        string blanks = definition.Features.Any(static feature => feature.IsOptional)
            ? " What may be blank is nullable: the model learns what a blank counts."
            : "";
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>What is known of a row.{blanks}</summary>\npublic sealed record {names.Row}(\n");
        foreach ((FeatureDefinition feature, string member) in definition.Features.Zip(names.Features))
        {
            string? name = feature.Name == member ? null : $"Feature(Name = {Literal(feature.Name)})";
            string attributes = string.Join(", ", new[] { name, Encoding(feature) }.OfType<string>());
            AppendWrapped(text, attributes.Length == 0 ? "" : $"[{attributes}] ", $"{TypeName(feature)} {member},");
        }

        text.Append(CultureInfo.InvariantCulture, $"    [Label] {names.Label} {names.LabelMember} = default);\n\n");
    }

    private static void WriteModel(StringBuilder text, ShapeDefinition definition, ShapeNames names, DeclarationOptions options)
    {
        List<string> settings = [];
        if (definition.Precision == SoftmaxPrecision.Single)
        {
            settings.Add("Precision = SoftmaxPrecision.Single");
        }

        if (options.Weights is { } weights)
        {
            settings.Add($"Weights = {Literal(weights)}");
        }

        string arguments = settings.Count == 0 ? "" : $"({string.Join(", ", settings)})";
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>Predicts {Comment(definition.LabelName)}. The rest of the class is generated.</summary>\n");
        text.Append(CultureInfo.InvariantCulture, $"[SoftmaxModel<{names.Label}, {names.Row}>{arguments}]\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed partial class {names.Model};\n");
    }

    private static string TypeName(FeatureDefinition feature) =>
        (feature.IsText ? "string" : feature is FlagFeature ? "bool" : "double") + (feature.IsOptional ? "?" : "");

    private static string? Encoding(FeatureDefinition feature) => feature switch
    {
        BucketFeature buckets => $"Buckets({Numbers(buckets.Edges)})",
        KnotFeature knots => $"Knots({Numbers(knots.Knots)})",
        CategoryFeature categories => $"Categories({string.Join(", ", categories.Levels.Select(Literal))})",
        HashedFeature hashed => string.Create(CultureInfo.InvariantCulture, $"Hashed({hashed.Columns})"),
        _ => null,
    };

    private static string Numbers(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)));

    // A list of many levels is broken between them.
    private static void AppendWrapped(StringBuilder text, string attributes, string declaration)
    {
        var line = new StringBuilder("    ");
        foreach (string part in Parts(attributes))
        {
            if (line.Length + part.Length > LongestLine && line.Length > 8)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append("        ");
            }

            line.Append(part);
        }

        text.Append(line).Append(declaration).Append('\n');
    }

    // Cut behind the commas between literals, never inside of one.
    private static IEnumerable<string> Parts(string attributes)
    {
        int start = 0;
        bool isLiteral = false;
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] == '\\')
            {
                i++;
            }
            else if (attributes[i] == '"')
            {
                isLiteral = !isLiteral;
            }
            else if (attributes[i] == ' ' && !isLiteral)
            {
                yield return attributes[start..(i + 1)];
                start = i + 1;
            }
        }

        yield return attributes[start..];
    }

    // On one line, and no XML.
    private static string Comment(string name) => string.Concat(name.Select(static c => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '\u2028' or '\u2029' => " ",
        _ => char.IsControl(c) ? " " : c.ToString(),
    }));
}
