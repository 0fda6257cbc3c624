using System.Numerics;
using System.Text;
using System.Text.Json;
using Field = SoftmaxGen.Persistence.ModelFields;
using static System.FormattableString;

namespace SoftmaxGen.Persistence;

/// <summary>The JSON form of a model file, specified in <c>docs/model-files.md</c>.</summary>
internal static class JsonModel
{
    private static readonly string[] _fieldNames = [Field.Format, Field.Version, Field.Weights, Field.Checksum, .. ModelHeader.FieldNames];

    /// <summary>Writes a file.</summary>
    public static void Write<T>(Stream stream, ModelShape shape, ReadOnlySpan<T> weights, FeatureMoments? moments, TrainingSummary? summary)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using (var writer = new Utf8JsonWriter(stream, ModelHeader.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString(Field.Format, Field.FormatName);
            writer.WriteNumber(Field.Version, Field.CurrentVersion);
            ModelHeader.WriteMeaning(writer, shape);
            JsonNumbers.WriteMatrix(writer, Field.Weights, weights, shape.Features + 1);
            writer.WriteString(Field.Checksum, Checksum(weights, folding: null));
            ModelHeader.WriteTraining(writer, moments, summary);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static StoredModel<T> Read<T>(ReadOnlySpan<byte> file, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var text = new JsonText(WithoutMark(file));
        JsonFields fields = ReadHeader(text, shape);
        T[] weights = JsonNumbers.Matrix<T>(text, fields.Required(text, Field.Weights), Field.Weights, shape.Classes, shape.Features + 1);
        Folding folding = ModelHeader.ReadFolding(text, fields, shape);
        CheckChecksum<T>(text, fields, weights, folding);
        folding.Apply<T>(weights, shape.Classes);
        return new StoredModel<T>(weights, ModelHeader.ReadMoments(text, fields, shape));
    }

    /// <summary>Reads the moments of the features in the training rows.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static FeatureMoments? ReadMoments(ReadOnlySpan<byte> file, ModelShape shape)
    {
        var text = new JsonText(WithoutMark(file));
        return ModelHeader.ReadMoments(text, ReadHeader(text, shape), shape);
    }

    private static JsonFields ReadHeader(JsonText text, ModelShape shape)
    {
        JsonFields fields = JsonFields.Find(text, text.Whole, "a model file", _fieldNames);
        CheckVersion(text, fields);
        fields.RefuseUnknown(text);
        ModelHeader.Check(text, fields, shape);
        return fields;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> file) =>
        file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file;

    private static void CheckVersion(JsonText text, JsonFields fields)
    {
        JsonCursor format = fields.At(text, Field.Format);
        if (format.Token != JsonTokenType.String || !format.TextIs(Field.FormatName))
        {
            throw format.Error($"the format must be \"{Field.FormatName}\"; it is {format.Excerpt()}.");
        }

        JsonCursor version = fields.At(text, Field.Version);
        if (version.Integer("the version must be an integer") != Field.CurrentVersion)
        {
            throw version.Error(Invariant($"the file has version {version.Excerpt()}; this release reads version {Field.CurrentVersion}."));
        }
    }

    private static void CheckChecksum<T>(JsonText text, JsonFields fields, ReadOnlySpan<T> weights, Folding folding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonCursor cursor = fields.At(text, Field.Checksum);
        string found = cursor.Text("the checksum must be a string");
        if (found != Field.Unchecked && found != Checksum(weights, folding))
        {
            throw cursor.Error(
                $"the checksum is {cursor.Excerpt()}, but that of the numbers in the file is \"{Checksum(weights, folding)}\": some of them were changed. "
                + $"Whoever edits a file by hand sets \"checksum\": \"{Field.Unchecked}\".");
        }
    }

    private static string Checksum<T>(ReadOnlySpan<T> weights, Folding? folding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var digest = new Digest();
        digest.Append(LittleEndian.Bytes(weights));
        foreach (double[] numbers in folding?.Numbers ?? [])
        {
            digest.Append(LittleEndian.Bytes<double>(numbers));
        }

        return digest.FinishText();
    }
}
