using System.Text.Json.Serialization;

namespace ChurnService;

/// <summary>The JSON of requests and answers, written by the compiler: native programs have no reflection to do it by.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Client))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(ModelStatus))]
internal sealed partial class ChurnJson : JsonSerializerContext;

/// <summary>The state of the service's model.</summary>
/// <param name="Learned">The rows of feedback that the model in force has learned from.</param>
/// <param name="Waiting">The rows that wait to be learned from.</param>
internal readonly record struct ModelStatus(long Learned, int Waiting);
