using System.Text.Json.Nodes;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The fields of a trace's lines, each of which can be changed.</summary>
internal static class TraceFields
{
    /// <summary>Of each kind of field the first one, as a copy of the trace up to there in which that field alone is changed.</summary>
    /// <returns>The name of the field, and the trace.</returns>
    public static IEnumerable<(string Field, string[] Trace)> ChangeEachOnce(IReadOnlyList<string[]> traces)
    {
        HashSet<string> changed = [];
        foreach (string[] trace in traces)
        {
            for (int line = 1; line < trace.Length; line++)
            {
                JsonObject original = JsonNode.Parse(trace[line])!.AsObject();
                string action = (string)original["action"]!;

                // What the environment forges is not the servers' doing; a compaction that comes too late has no effect, whatever its data.
                bool isFree = action == "Forge" || (action == "Compact" && original["write"]!.AsArray().Count == 0);
                foreach (string field in isFree ? [] : Names(action, original).Where(changed.Add))
                {
                    JsonObject copy = original.DeepClone().AsObject();
                    Change(action, copy, field);
                    yield return (field, [.. trace[..line], copy.ToJsonString()]);
                }
            }
        }
    }

    private static List<string> Names(string action, JsonObject line)
    {
        List<string> names = [];
        Visit(action, line, (name, _) => names.Add(name));

        // A server that never starts again leaves open what its disk holds.
        return [.. names.Distinct().Where(name => name != "Crash without disk")];
    }

    private static void Change(string action, JsonObject line, string field)
    {
        Action? change = null;
        Visit(action, line, (name, set) => change ??= name == field ? set : null);
        change!();
    }

    private static void Visit(string name, JsonNode node, Action<string, Action> found)
    {
        switch (node)
        {
            case JsonObject fields:
                string prefix = fields["type"] is { } type ? $"{name} {type}" : name;
                foreach ((string key, JsonNode? value) in fields.ToArray())
                {
                    found($"{prefix} without {key}", () => fields.Remove(key));
                    Leaf($"{prefix}.{key}", value!, changed => fields[key] = changed, found);
                }

                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    int at = i;
                    Leaf(name, items[i]!, changed => items[at] = changed, found);
                }

                break;
            default:
                break;
        }
    }

    private static void Leaf(string name, JsonNode value, Action<JsonNode> set, Action<string, Action> found)
    {
        switch (value)
        {
            case JsonObject:
                Visit(name, value, found);
                break;
            case JsonArray { Count: > 0 } items:
                found($"{name} shortened", () => items.RemoveAt(items.Count - 1));
                Visit(name, value, found);
                break;
            case JsonArray:
                break;
            case JsonValue number when number.TryGetValue(out long old):
                found(name, () => set(old + 1000));
                break;
            case JsonValue flag when flag.TryGetValue(out bool old):
                found(name, () => set(!old));
                break;
            default:
                found(name, () => set($"not {value}"));
                break;
        }
    }
}
