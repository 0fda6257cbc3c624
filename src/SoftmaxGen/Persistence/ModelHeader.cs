using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Field = SoftmaxGen.Persistence.ModelFields;

namespace SoftmaxGen.Persistence;

/// <summary>What a file says about its weights: the fields that both forms share.</summary>
internal static class ModelHeader
{
    /// <summary>The names of the fields.</summary>
    public static readonly string[] FieldNames =
        
    [
        Field.Classes, Field.Features, Field.Precision, Field.FirstLabel, Field.Labels, Field.Fingerprint, Field.ClassNames, Field.FeatureNames,
        Field.Standardization, Field.Temperature, Field.Training,
    ];

    /// <summary>Gets how headers are written: by lines, and readable in every language.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the fields that say what the weights mean.</summary>
    public static void WriteMeaning(Utf8JsonWriter writer, ModelShape shape)
    {
        writer.WriteNumber(Field.Classes, shape.Classes);
        writer.WriteNumber(Field.Features, shape.Features);
        writer.WriteString(Field.Precision, Word(shape.Precision));
        writer.WriteNumber(Field.FirstLabel, shape.FirstLabel);
        if (shape.Labels.Count > 0)
        {
            writer.WritePropertyName(Field.Labels);
            writer.WriteRawValue(List(shape.Labels));
        }

        writer.WriteString(Field.Fingerprint, shape.Fingerprint);
        WriteNames(writer, Field.ClassNames, shape.ClassNames);
        WriteNames(writer, Field.FeatureNames, shape.FeatureNames);
    }

    /// <summary>Writes an array of names on one line, or nothing when there are none.</summary>
    public static void WriteNames(Utf8JsonWriter writer, string field, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            writer.WritePropertyName(field);
            IEnumerable<string> quoted = names.Select(static name => $"\"{JsonEncodedText.Encode(name, WriterOptions.Encoder)}\"");
            writer.WriteRawValue($"[{string.Join(", ", quoted)}]");
        }
    }

    /// <summary>Writes what is known of the training, or nothing.</summary>
    public static void WriteTraining(Utf8JsonWriter writer, FeatureMoments? moments, TrainingSummary? summary)
    {
        if (moments is null && summary is null)
        {
            return;
        }

        writer.WriteStartObject(Field.Training);
        if (summary is not null)
        {
            writer.WriteNumber("rows", summary.Rows);
            writer.WriteNumber("objective", summary.Objective);
            writer.WriteNumber("loss", summary.Loss);
            writer.WriteString("solver", summary.Solver.ToString());
            writer.WriteString("stopReason", summary.StopReason.ToString());
            writer.WriteNumber("iterations", summary.Iterations);
            writer.WriteNumber("l2", summary.L2);
        }

        if (moments is not null)
        {
            JsonNumbers.WriteVector(writer, Field.FeatureMeans, moments.Means);
            JsonNumbers.WriteVector(writer, Field.FeatureDeviations, moments.Deviations);
        }

        if (summary?.Date is { } date)
        {
            writer.WriteString("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }

    /// <summary>Refuses a file whose weights do not mean what the model's do.</summary>
    /// <exception cref="ModelFormatException">They do not; the message says what differs.</exception>
    public static void Check(JsonText text, JsonFields fields, ModelShape shape)
    {
        CheckShape(text, fields, shape);
        if (!ComesFromPredecessor(text, fields, shape))
        {
            CheckFirstLabel(text, fields, shape);
            CheckLabels(text, fields, shape);
            CheckNames(text, fields, Field.ClassNames, "class", shape.ClassNames);
            CheckNames(text, fields, Field.FeatureNames, "feature", shape.FeatureNames);
            CheckFingerprint(text, fields, shape);
        }
    }

    /// <summary>Reads what is to be folded into the weights.</summary>
    public static Folding ReadFolding(JsonText text, JsonFields fields, ModelShape shape)
    {
        double[]? means = null;
        double[]? deviations = null;
        if (fields.Optional(Field.Standardization) is { } place)
        {
            JsonFields parts = JsonFields.Find(text, place, Field.Standardization, Field.Means, Field.Deviations);
            parts.RefuseUnknown(text);
            JsonPlace deviationsPlace = parts.Required(text, Field.Deviations);
            means = JsonNumbers.Vector<double>(text, parts.Required(text, Field.Means), Field.Means, shape.Features);
            deviations = JsonNumbers.Vector<double>(text, deviationsPlace, Field.Deviations, shape.Features);
            JsonNumbers.Refuse(text, deviationsPlace, Field.Deviations, deviations, static value => value <= 0, "must be positive");
        }

        double? temperature = fields.Optional(Field.Temperature) is null ? null : ReadTemperature(text, fields);
        return new Folding(means, deviations, temperature);
    }

    /// <summary>Reads the moments of the features in the training rows.</summary>
    /// <returns>Those of the training summary; else those of the standardisation; null when there are none.</returns>
    /// <exception cref="ModelFormatException">They are not as many finite numbers as the model has features, or a deviation is negative.</exception>
    public static FeatureMoments? ReadMoments(JsonText text, JsonFields fields, ModelShape shape)
    {
        // The rest of the summary is for people to read: whatever it holds, what is not understood is passed over.
        if (fields.Optional(Field.Training) is { } place && text.Bytes[place.Start] == '{')
        {
            JsonFields summary = JsonFields.Find(text, place, Field.Training, Field.FeatureMeans, Field.FeatureDeviations);
            if (summary.Optional(Field.FeatureMeans) is { } meansPlace && summary.Optional(Field.FeatureDeviations) is { } deviationsPlace)
            {
                double[] means = JsonNumbers.Vector<double>(text, meansPlace, Field.FeatureMeans, shape.Features);
                double[] deviations = JsonNumbers.Vector<double>(text, deviationsPlace, Field.FeatureDeviations, shape.Features);
                JsonNumbers.Refuse(text, deviationsPlace, Field.FeatureDeviations, deviations, static value => value < 0, "must not be negative");
                return new FeatureMoments(means, deviations);
            }
        }

        return ReadFolding(text, fields, shape) is { Means: { } foldedMeans, Deviations: { } foldedDeviations }
            ? new FeatureMoments(foldedMeans, foldedDeviations)
            : null;
    }

    private static double ReadTemperature(JsonText text, JsonFields fields)
    {
        const string Rule = "the temperature must be finite and positive";
        JsonCursor cursor = fields.At(text, Field.Temperature);
        double temperature = cursor.Number<double>(Rule);
        return temperature > 0 ? temperature : throw cursor.Error($"{Rule}; it is {cursor.Excerpt()}.");
    }

    private static void CheckShape(JsonText text, JsonFields fields, ModelShape shape)
    {
        JsonCursor cursor = fields.At(text, Field.Classes);
        int classes = cursor.Integer("the number of classes must be an integer");
        int features = fields.At(text, Field.Features).Integer("the number of features must be an integer");
        string precision = fields.At(text, Field.Precision).Text("the precision must be \"double\" or \"single\"");
        if (classes != shape.Classes || features != shape.Features || precision != Word(shape.Precision))
        {
            string file = Invariant($"{classes} classes x {features} features in {Clip(precision)} precision");
            string model = Invariant($"{shape.Classes} x {shape.Features} in {Word(shape.Precision)}");
            throw cursor.Error($"the file is of {file}; the model is of {model}{FirstDifference(text, fields, shape.FeatureNames)}.");
        }
    }

    // Of rows with other levels, edges or members, the first column that tells.
    private static string FirstDifference(JsonText text, JsonFields fields, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || fields.Optional(Field.FeatureNames) is not { } place)
        {
            return "";
        }

        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, $"{Field.FeatureNames} must be an array of strings");
        int i = 0;
        for (; cursor.ReadElement() && cursor.Token == JsonTokenType.String; i++)
        {
            if (i == names.Count || !cursor.TextIs(names[i]))
            {
                return Invariant($"; feature {i} is {cursor.Excerpt()} in the file and {(i == names.Count ? "none" : $"'{names[i]}'")} in the model");
            }
        }

        return i == names.Count ? "" : Invariant($"; feature {i} is none in the file and '{names[i]}' in the model");
    }

    private static bool ComesFromPredecessor(JsonText text, JsonFields fields, ModelShape shape)
    {
        if (fields.Optional(Field.Fingerprint) is null)
        {
            return false;
        }

        JsonCursor cursor = fields.At(text, Field.Fingerprint);
        foreach (string fingerprint in shape.AcceptedFingerprints)
        {
            if (cursor.Token == JsonTokenType.String && cursor.TextIs(fingerprint))
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckFirstLabel(JsonText text, JsonFields fields, ModelShape shape)
    {
        JsonCursor cursor = fields.At(text, Field.FirstLabel);
        int firstLabel = cursor.Integer("the first label must be an integer");
        if (firstLabel != shape.FirstLabel)
        {
            throw cursor.Error(Invariant(
                $"the labels begin at {firstLabel} in the file and at {shape.FirstLabel} in the model{Advice(text, fields)}."));
        }
    }

    // A file has the field where the labels are not counted from the first on.
    private static void CheckLabels(JsonText text, JsonFields fields, ModelShape shape)
    {
        if (fields.Optional(Field.Labels) is not { } place)
        {
            if (shape.Labels.Count > 0)
            {
                throw text.Error(0, $"the file has no \"{Field.Labels}\", but {shape.LabelsText} in the model{Advice(text, fields)}.");
            }

            return;
        }

        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, "labels must be an array of integers");
        var labels = new List<int>();
        while (cursor.ReadElement())
        {
            labels.Add(cursor.Integer("each of labels must be an integer"));
            if (labels.Count > shape.Classes)
            {
                throw text.Error(place.Start, Invariant($"labels has more than {shape.Classes} numbers."));
            }
        }

        if (!labels.SequenceEqual(Enumerable.Range(0, shape.Classes).Select(shape.Label)))
        {
            throw text.Error(place.Start, $"the labels are {List(labels)} in the file; {shape.LabelsText} in the model{Advice(text, fields)}.");
        }
    }

    private static string List(IEnumerable<int> labels) =>
        $"[{string.Join(", ", labels.Select(static label => label.ToString(CultureInfo.InvariantCulture)))}]";

    private static void CheckNames(JsonText text, JsonFields fields, string field, string title, IReadOnlyList<string> names)
    {
        if (fields.Optional(field) is not { } place)
        {
            if (names.Count > 0)
            {
                throw text.Error(0, $"the file has no \"{field}\", but the model calls {title} 0 '{names[0]}'{Advice(text, fields)}.");
            }

            return;
        }

        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, $"{field} must be an array of strings");
        int i = 0;
        for (; cursor.ReadElement(); i++)
        {
            if (cursor.Token != JsonTokenType.String)
            {
                throw cursor.Error($"each of {field} must be a string; this one is {cursor.Excerpt()}.");
            }

            if (i >= names.Count)
            {
                throw cursor.Error(Invariant(
                    $"{title} {i} is {cursor.Excerpt()} in the file, but the model has {names.Count} names in {field}{Advice(text, fields)}."));
            }

            if (!cursor.TextIs(names[i]))
            {
                throw cursor.Error(Invariant(
                    $"{title} {i} is {cursor.Excerpt()} in the file and '{names[i]}' in the model{Advice(text, fields)}."));
            }
        }

        if (i < names.Count)
        {
            throw text.Error(place.Start, Invariant($"{field} has {i} names in the file and {names.Count} in the model."));
        }
    }

    private static void CheckFingerprint(JsonText text, JsonFields fields, ModelShape shape)
    {
        if (fields.Optional(Field.Fingerprint) is null)
        {
            return;
        }

        JsonCursor cursor = fields.At(text, Field.Fingerprint);
        string fingerprint = cursor.Text("the fingerprint must be a string");
        if (fingerprint != shape.Fingerprint)
        {
            throw cursor.Error($"the fingerprint is {cursor.Excerpt()} in the file and \"{shape.Fingerprint}\" in the model.");
        }
    }

    // Names differ: a renamed model is the likeliest reason, and the file says what its model must accept.
    private static string Advice(JsonText text, JsonFields fields) => fields.Optional(Field.Fingerprint) is { } place
        ? $"; if they mean the same, set AcceptFingerprint = {text.Excerpt(place)}"
        : "";

    private static string Word(SoftmaxPrecision precision) => precision == SoftmaxPrecision.Double ? Field.DoublePrecision : Field.SinglePrecision;

    private static string Clip(string word) => word.Length <= 20 ? word : word[..20] + "…";

    private static string Invariant(FormattableString message) => FormattableString.Invariant(message);
}
