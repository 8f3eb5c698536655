using System.Text.Json.Nodes;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>A value in a line of a trace, with its path in that line.</summary>
internal readonly struct TraceNode(JsonNode? node, string path)
{
    public JsonNode? Json => node;

    public TraceNode this[string name] => node is JsonObject found && found.TryGetPropertyValue(name, out JsonNode? value)
        ? new TraceNode(value, path.Length == 0 ? name : $"{path}.{name}")
        : throw new TraceException($"{(path.Length == 0 ? "the line" : path)} has no field '{name}'");

    public bool Has(string name) => node is JsonObject found && found.ContainsKey(name);

    public long Number => node is JsonValue value && value.TryGetValue(out long number) ? number : throw Bad("a whole number");

    public string Text => node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Bad("a text");

    public bool Flag => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Bad("true or false");

    public IEnumerable<TraceNode> Items
    {
        get
        {
            string here = path;
            return node is JsonArray array ? [.. array.Select((item, i) => new TraceNode(item, $"{here}[{i + 1}]"))] : throw Bad("a list");
        }
    }

    public long NumberWithin(long min, long max) => Number is var number && number >= min && number <= max ? number : throw Bad($"{min} to {max}");

    public byte[] Bytes => [.. Items.Select(item => (byte)item.NumberWithin(0, 255))];

    private TraceException Bad(string expected) => new($"{path} is {node?.ToJsonString() ?? "null"}; expected {expected}");
}
