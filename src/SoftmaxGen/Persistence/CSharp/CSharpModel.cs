using System.Globalization;
using System.Numerics;
using System.Text;

namespace SoftmaxGen.Persistence;

/// <summary>Prints a model as a C# class.</summary>
internal static class CSharpModel
{
    private const int LongestLine = 150;

    /// <summary>Prints a model.</summary>
    public static string Write<T>(ModelShape shape, ReadOnlySpan<T> weights, string? encoder, CSharpName name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string scalar = shape.Precision == SoftmaxPrecision.Double ? "double" : "float";
        string body = FormattableString.Invariant($$"""
            /// <summary>A softmax regression of {{shape.Classes}} classes and {{shape.Features}} features. Thread-safe; no member allocates.</summary>
            public static class {{name.Type}}
            {
                /// <summary>The number of classes.</summary>
                public const int Classes = {{shape.Classes}};

                /// <summary>The number of features of a row.</summary>
                public const int Features = {{shape.Features}};

                // A row for each class: its bias, then its weight of each feature{{FeatureList(shape)}}.
                private static global::System.ReadOnlySpan<{{scalar}}> Weights => new {{scalar}}[]
                {
            {{Rows(shape, weights)}}
                };{{LabelTable(shape)}}

                /// <summary>Finds the most probable class of a row. Ties go to the class that comes first.</summary>
                /// <param name="features">The row.</param>
                /// <returns>The label{{LabelSet(shape)}}.</returns>
                /// <exception cref="global::System.ArgumentException">The length is not that of a row, or a feature is not finite.</exception>
                public static int Predict(global::System.ReadOnlySpan<{{scalar}}> features)
                {
                    global::System.Span<double> scores = stackalloc double[Classes];
                    return {{Label(shape, "Score(features, scores)")}};
                }

                /// <summary>Computes the probabilities P(Y=k|x) = exp(S_k) / sum_j exp(S_j) of a row, the scores being S = W [1, x].</summary>
                /// <param name="features">The row.</param>
                /// <param name="probabilities">Receives the probability of each class.</param>
                /// <exception cref="global::System.ArgumentException">A length is not the right one, or a feature is not finite.</exception>
                public static void PredictProbabilities(global::System.ReadOnlySpan<{{scalar}}> features, global::System.Span<{{scalar}}> probabilities)
                {
                    if (probabilities.Length != Classes)
                    {
                        throw new global::System.ArgumentException("There must be one probability for each class.", nameof(probabilities));
                    }

                    global::System.Span<double> scores = stackalloc double[Classes];
                    double largest = scores[Score(features, scores)];

                    // Less the largest score, no exponential overflows and one is 1.
                    double sum = 0;
                    for (int j = 0; j < Classes; j++)
                    {
                        scores[j] = global::System.Math.Exp(scores[j] - largest);
                        sum += scores[j];
                    }

                    for (int j = 0; j < Classes; j++)
                    {
                        probabilities[j] = {{(scalar == "float" ? "(float)(scores[j] / sum)" : "scores[j] / sum")}};
                    }
                }{{CSharpEncoder.Write(shape, encoder, scalar)}}

                // Returns the index of the largest score.
                private static int Score(global::System.ReadOnlySpan<{{scalar}}> features, global::System.Span<double> scores)
                {
                    if (features.Length != Features)
                    {
                        throw new global::System.ArgumentException("There must be one number for each feature.", nameof(features));
                    }

                    global::System.ReadOnlySpan<{{scalar}}> weights = Weights;
                    int best = 0;
                    for (int j = 0; j < Classes; j++)
                    {
                        global::System.ReadOnlySpan<{{scalar}}> row = weights.Slice(j * (Features + 1), Features + 1);
                        double score = row[0];
                        for (int k = 0; k < Features; k++)
                        {
                            score += (double)row[k + 1] * features[k];
                        }

                        // A feature that is not finite, or too large for its weight.
                        if (double.IsNaN(score) || double.IsInfinity(score))
                        {
                            throw new global::System.ArgumentException("The features must be finite, and no score may overflow.", nameof(features));
                        }

                        scores[j] = score;
                        if (score > scores[best])
                        {
                            best = j;
                        }
                    }

                    return best;
                }
            }
            """);
        return File(shape, name, body);
    }

    /// <summary>Says what a label may be.</summary>
    /// <returns>The end of a sentence.</returns>
    public static string LabelSet(ModelShape shape) => shape.Labels.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $", from {shape.FirstLabel} to {shape.LastLabel}")
        : $", one of {string.Join(", ", shape.Labels.Select(Number))}";

    private static string File(ModelShape shape, CSharpName name, string body)
    {
        var text = new StringBuilder("// <auto-generated/>\n");
        text.Append(CultureInfo.InvariantCulture, $"// Written by SoftmaxGen from a model with the fingerprint {shape.Fingerprint}; ");
        text.Append("it needs nothing but the framework.\n");
        bool isGlobal = name.Namespace.Length == 0;
        if (!isGlobal)
        {
            text.Append("namespace ").Append(name.Namespace).Append("\n{\n");
        }

        foreach (string line in body.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append(isGlobal || line.Length == 0 ? "" : "    ").Append(line).Append('\n');
        }

        return text.Append(isGlobal ? "" : "}\n").ToString();
    }

    private static string Rows<T>(ModelShape shape, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        int columns = shape.Features + 1;
        for (int j = 0; j < shape.Classes; j++)
        {
            text.Append(j == 0 ? "" : "\n").Append("        // ").Append(Comment(shape.ClassName(j)));
            AppendRow(text, weights.Slice(j * columns, columns));
        }

        return text.ToString();
    }

    private static void AppendRow<T>(StringBuilder text, ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = LongestLine;
        foreach (T weight in row)
        {
            string literal = Literal(weight);
            if (length + literal.Length + 2 > LongestLine)
            {
                text.Append("\n        ");
                length = 8;
            }
            else
            {
                text.Append(' ');
                length++;
            }

            text.Append(literal).Append(',');
            length += literal.Length + 1;
        }
    }

    // The suffix keeps a whole number from being an int, whose -0 is 0.
    private static string Literal<T>(T weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => weight.ToString("R", CultureInfo.InvariantCulture) + (weight is float ? "f" : "d");

    // Turns an expression of a class index into one of its label.
    private static string Label(ModelShape shape, string index) => shape switch
    {
        { Labels.Count: > 0 } => $"Labels[{index}]",
        { FirstLabel: 0 } => index,
        _ => $"{Number(shape.FirstLabel)} + {index}",
    };

    private static string LabelTable(ModelShape shape) => shape.Labels.Count == 0 ? "" : $$"""


            // The label of each class.
            private static global::System.ReadOnlySpan<int> Labels => new int[] { {{string.Join(", ", shape.Labels.Select(Number))}} };
        """;

    private static string Number(int label) => label.ToString(CultureInfo.InvariantCulture);

    private static string FeatureList(ModelShape shape) => shape.FeatureNames.Count == 0 ? "" : $": {string.Join(", ", shape.FeatureNames.Select(Comment))}";

    // What ends a line in C# would end the comment.
    private static string Comment(string name) =>
        string.Concat(name.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
