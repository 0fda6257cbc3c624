namespace SoftmaxGen.Persistence;

/// <summary>Prints the members of an exported class that take rows as they are.</summary>
internal static class CSharpEncoder
{
    private const string Bucket = """


        // The number of edges that are not above the value; -1 for NaN.
        private static int Bucket(global::System.ReadOnlySpan<double> edges, double value)
        {
            int bucket = 0;
            for (int i = 0; i < edges.Length; i++)
            {
                bucket += value >= edges[i] ? 1 : 0;
            }

            return double.IsNaN(value) ? -1 : bucket;
        }
        """;

    private const string Hash = """


        // FNV-1a of 64 bits, two bytes a character, the lower one first.
        private static int Hash(string value, int columns, out int sign)
        {
            ulong hash = 0xCBF29CE484222325;
            foreach (char unit in value)
            {
                hash = unchecked((hash ^ (byte)unit) * 0x100000001B3);
                hash = unchecked((hash ^ (byte)(unit >> 8)) * 0x100000001B3);
            }

            return Column(hash, columns, out sign);
        }

        // FNV-1a of 64 bits, eight bytes, the lowest one first.
        private static int Hash(long value, int columns, out int sign)
        {
            ulong hash = 0xCBF29CE484222325;
            for (int shift = 0; shift < 64; shift += 8)
            {
                hash = unchecked((hash ^ (byte)(value >> shift)) * 0x100000001B3);
            }

            return Column(hash, columns, out sign);
        }

        // The finalizer of splitmix64; the highest bit is the sign.
        private static int Column(ulong hash, int columns, out int sign)
        {
            hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9);
            hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EB);
            hash ^= hash >> 31;
            sign = (hash >> 63) == 1 ? -1 : 1;
            return (int)(((hash & uint.MaxValue) * (ulong)columns) >> 32);
        }
        """;

    /// <summary>Prints the members.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="encoder">Its structure of a row and its encoder; null where features are all there is.</param>
    /// <param name="scalar">The type of features.</param>
    /// <returns>The lines, each preceded by a line break, indented as members are; nothing where there is no encoder.</returns>
    public static string Write(ModelShape shape, string? encoder, string scalar)
    {
        if (encoder is null)
        {
            return "";
        }

        string text = $$"""


            /// <summary>Finds the most probable class of a row as it is. Ties go to the class that comes first.</summary>
            /// <param name="row">The row.</param>
            /// <returns>The label{{CSharpModel.LabelSet(shape)}}.</returns>
            /// <exception cref="global::System.ArgumentException">A member has no column for its value, or a feature is not finite.</exception>
            public static int Predict(in Row row)
            {
                global::System.Span<{{scalar}}> features = stackalloc {{scalar}}[Features];
                Encode(row, features);
                return Predict(features);
            }

            /// <summary>Computes the probabilities of a row as it is.</summary>
            /// <param name="row">The row.</param>
            /// <param name="probabilities">Receives the probability of each class.</param>
            /// <exception cref="global::System.ArgumentException">
            /// There is not one probability for each class, a member has no column for its value, or a feature is not finite.
            /// </exception>
            public static void PredictProbabilities(in Row row, global::System.Span<{{scalar}}> probabilities)
            {
                global::System.Span<{{scalar}}> features = stackalloc {{scalar}}[Features];
                Encode(row, features);
                PredictProbabilities(features, probabilities);
            }

            {{encoder}}
            """;
        string helpers = (Calls(encoder, "Bucket(") ? Bucket : "") + (Calls(encoder, "Hash(") ? Hash : "");
        return string.Join('\n', (text + helpers).ReplaceLineEndings("\n").Split('\n').Select(static line => line.Length == 0 ? line : "    " + line));
    }

    private static bool Calls(string encoder, string helper) => encoder.Contains(helper, StringComparison.Ordinal);
}
