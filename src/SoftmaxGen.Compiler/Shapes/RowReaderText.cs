using System.Globalization;
using System.Text;

namespace SoftmaxGen.Compiler.Shapes;

/// <summary>Writes the class that reads rows of values into the record of a declaration: the <see cref="IRowReader{TModel, T}"/> of the shape.</summary>
internal static class RowReaderText
{
    private const string Values = "global::SoftmaxGen.Compiler.RowValues";

    /// <summary>Writes the class.</summary>
    /// <param name="definition">The definition, which is valid.</param>
    /// <param name="names">Its identifiers.</param>
    public static string Write(ShapeDefinition definition, ShapeNames names)
    {
        string scalar = definition.Precision == SoftmaxPrecision.Single ? "float" : "double";
        string row = $"global::Models.{names.Row}";
        string model = $"global::Models.{names.Model}";
        var members = new StringBuilder();
        for (int i = 0; i < definition.Features.Count; i++)
        {
            members.Append(CultureInfo.InvariantCulture, $"        {Read(definition.Features[i], i)},\n");
        }

        return $$"""
            internal sealed class SoftmaxRowReader : global::SoftmaxGen.Compiler.IRowReader<{{model}}, {{scalar}}>
            {
                public void CopyFeatures({{Values}} row, global::System.Span<{{scalar}}> features)
                {
                    {{row}} value = Read(row);
                    {{model}}.CopyFeatures(in value, features);
                }

                public int PredictProbabilities({{model}} model, {{Values}} row, global::System.Span<{{scalar}}> probabilities)
                {
                    {{row}} value = Read(row);
                    model.PredictProbabilities(in value, probabilities);
                    return (int)model.Predict(in value);
                }

                private static {{row}} Read({{Values}} row) => new(
            {{members}}        default);
            }

            """;
    }

    private static string Read(FeatureDefinition feature, int index)
    {
        string at = index.ToString(CultureInfo.InvariantCulture);
        return feature switch
        {
            { IsText: true } => $"row.Texts[{at}]!",
            FlagFeature => $"row.{(feature.IsOptional ? "OptionalFlag" : "Flag")}({at}, {DeclarationText.Literal(feature.Name)})",
            _ => feature.IsOptional ? $"row.OptionalNumber({at})" : $"row.Numbers[{at}]",
        };
    }
}
