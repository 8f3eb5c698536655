using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Counters;

/// <summary>A command of the counter. Its JSON is made by a source generator.</summary>
public sealed record CounterCommand(int Client, long Sequence, int Add)
{
    public static ReadOnlyMemory<byte> Encode(int client, long sequence) =>
        JsonSerializer.SerializeToUtf8Bytes(new CounterCommand(client, sequence, (int)sequence), CounterJson.Default.CounterCommand);

    public static CounterCommand Decode(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, CounterJson.Default.CounterCommand)!;
}

[JsonSerializable(typeof(CounterCommand))]
internal sealed partial class CounterJson : JsonSerializerContext;
