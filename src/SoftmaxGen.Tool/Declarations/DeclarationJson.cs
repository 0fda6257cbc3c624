using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>How declarations are written as JSON, without reflection: it takes time at the start.</summary>
[JsonSerializable(typeof(TableDeclaration))]
[JsonSerializable(typeof(string))]
internal sealed partial class DeclarationJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes names in all languages as they are.</summary>
    public static DeclarationJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<SoftmaxPrecision>() },
    });
}
