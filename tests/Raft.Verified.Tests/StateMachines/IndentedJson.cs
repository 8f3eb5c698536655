using System.Text.Json.Serialization;

namespace Raft.Verified.Tests.StateMachines;

/// <summary>A context with options of its own.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Balance))]
internal sealed partial class IndentedJson : JsonSerializerContext;
