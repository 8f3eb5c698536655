using System.Text.Json.Serialization;

namespace Raft.Verified.Tests.Machines;

[JsonSerializable(typeof(WordState))]
[JsonSerializable(typeof(WordCommand))]
[JsonSerializable(typeof(string))]
internal sealed partial class WordJson : JsonSerializerContext;
